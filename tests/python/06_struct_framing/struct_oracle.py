# What Python's struct says, for struct_test.ts to compare with.
#
#   python3 struct_oracle.py > struct_vectors.jsonl     writes the vectors that the suite stores
#   python3 struct_oracle.py --answer                   answers questions from stdin, one line each
#
# A question has a format, and values to pack or bytes to unpack. Its answer
# adds the size, the packed bytes and what they unpack to; what raises an error
# in Python is left out. Values are text with their type, so that JSON cannot bend
# them: "int 5", "float 0.1", "bool True", "bytes 6162".
import json
import struct
import sys

ORDERS = ["@", "=", "<", ">", "!"]


def decode(text):
    kind, _, value = text.partition(" ")
    if kind == "bytes":
        return bytes.fromhex(value)
    if kind == "bool":
        return value == "True"
    return {"int": int, "float": float}[kind](value)


def encode(value):
    if isinstance(value, bytes):
        return "bytes " + value.hex()
    return f"{type(value).__name__} {value!r}"


def attempt(function, *arguments):
    try:
        return function(*arguments)
    except (struct.error, OverflowError, UnicodeEncodeError):
        return None


def answer(question):
    form = question["format"]
    size = attempt(struct.calcsize, form)
    if "bytes" in question:
        data, packed = bytes.fromhex(question["bytes"]), None
    else:
        data = packed = attempt(struct.pack, form, *map(decode, question["values"]))
    unpacked = None if data is None else attempt(struct.unpack, form, data)
    result = {
        "size": size,
        "packed": None if packed is None else packed.hex(),
        "unpacked": None if unpacked is None else [encode(value) for value in unpacked],
    }
    return question | {key: value for key, value in result.items() if value is not None}


def packing(form, *values):
    return {"format": form, "values": [encode(value) for value in values]}


def unpacking(form, data):
    return {"format": form, "bytes": data.hex()}


def integers():
    """Each integer code in each byte order: the ends of its range, one beyond, the sign."""
    for order in ORDERS:
        for code in "bBhHiIlLqQnN":
            size = attempt(struct.calcsize, order + code)
            if size is None:
                yield packing(order + code, 0)
                continue
            bits = 8 * size - code.islower()
            low = -(2**bits) if code.islower() else 0
            for value in (low - 1, low, -1, 1, 2**bits - 1, 2**bits):
                yield packing(order + code, value)


def floats():
    """Each float code in each byte order: rounding, overflow, subnormals, signs."""
    inf = float("inf")
    values = [0.0, -0.0, -1.5, 0.1, -1e300, 5e-324, inf, -inf, float("nan"), 7]
    # Halfway between two halves: to the even one. The smallest, and half of it. The largest, and what rounds beyond.
    halves = [1 + 2**-11, 1 + 3 * 2**-11, 2**-24, 2**-25, 2**-25 * 1.001, 65504.0, 65519.99, 65520.0, -65520.0, 70000]
    singles = [1 + 2**-24, 1 + 3 * 2**-24, 2**-149, 2**-150, 2**-150 * 1.001]
    singles += [3.4028234663852886e38, 3.4028235677973362e38, 3.4028235677973366e38, 10**40, 10**400]
    for order in ORDERS:
        for code in "efd":
            for value in values + {"e": halves, "f": singles, "d": [2**53 + 1, -(10**400)]}[code]:
                yield packing(order + code, value)


def bytes_and_truth():
    for order in ORDERS:
        for form in ("c", "s", "p", "0s", "1s", "3s", "1p", "2p", "3p"):
            for value in (b"", b"a", b"abcd"):
                yield packing(order + form, value)
        for value in (True, False, 0, 2, 0.0, float("nan"), b"", b"a"):
            yield packing(order + "?", value)
        yield packing(order + "x")
        yield packing(order + "3xb2x", 1)
        yield unpacking(order + "4?", bytes([0, 1, 2, 255]))
    yield packing("300p", b"x" * 299)
    yield packing("256p", b"x" * 255)
    yield packing("i", b"5")
    yield packing("i", 1.5)
    yield packing("i", True)
    yield packing("s", 5)
    yield packing("d", b"5")
    yield unpacking("3p", bytes([9, 97, 98]))
    yield unpacking("3p", bytes([1, 97, 98]))
    yield unpacking("p", bytes([9]))


def layouts():
    """Alignment, counts, white space, and formats that are none."""
    for order in ["", *ORDERS]:
        for code in "hilqefd":
            yield packing(f"{order}b{code}b", 1, 2, 3)
            yield packing(f"{order}b0{code}", 1)
            yield packing(f"{order}3xb2{code}", 1, 2, 3)
        yield packing(f"{order}c?h2s", b"a", True, 1, b"bc")
        yield packing(f"{order}si3pq", b"a", 1, b"bc", 2)
        yield packing(order)
        yield packing(f"{order} 2i\t\n\v\f\rh ", 1, 2, 3)
        yield packing(f"{order}002b00x", 1, 2)
        yield packing(order + "ii", 1)
        yield packing(order + "ii", 1, 2, 3)
        yield packing(order + "0i", 1)
        yield unpacking(order + "i", bytes(3))
        yield unpacking(order + "i", bytes(5))
        yield unpacking(order + "bi", bytes(range(1, 9)))
        yield unpacking(order + "bi", bytes(range(1, 6)))
    for wrong in ("2 i", "3", "i3", "-1i", "z", "i<", "@@i", " <i", "é", "i\u00a0i"):
        yield packing(wrong, 1)
        yield packing("<" + wrong, 1)
    yield packing("1000000000i")
    yield packing("99999999999999999999x", 1)


def main():
    if sys.argv[1:] == ["--answer"]:
        questions = map(json.loads, sys.stdin)
    else:
        questions = [*integers(), *floats(), *bytes_and_truth(), *layouts()]
    for question in questions:
        print(json.dumps(answer(question), separators=(",", ":")))


main()
