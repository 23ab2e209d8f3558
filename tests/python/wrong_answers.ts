/**
 * Wrong answers in Python: small changes of the right ones, each of which is
 * told the same sentence as its twin in TypeScript.
 *
 * @module
 */

/** A wrong answer in Python. */
export interface WrongAnswer {
  /** The lesson's name. */
  readonly lesson: string;
  /** Its twin's file in `tests/wrong/NN_name/`, without `.ts`: the side, and what is wrong. */
  readonly twin: string;
  /** What is replaced in the right answer, and by what. */
  readonly changes: readonly (readonly [replace: string, by: string])[];
}

/** At least three a lesson. */
export const wrongAnswers: readonly WrongAnswer[] = [
  {
    lesson: "01_single_shot",
    twin: "server_counts_characters",
    changes: [["{len(message)} bytes", "{len(text)} bytes"]],
  },
  {
    lesson: "01_single_shot",
    twin: "server_decodes_whole_buffer",
    changes: [
      [
        "message = conn.recv(1024)",
        "buffer = bytearray(1024)\n            message = buffer[:conn.recv_into(buffer)]",
      ],
      ["message.decode()", "buffer.decode()"],
    ],
  },
  {
    lesson: "01_single_shot",
    twin: "server_dies_with_a_stack_trace",
    changes: [["except OSError as error", "except MemoryError as error"]],
  },
  {
    lesson: "01_single_shot",
    twin: "client_reads_once",
    changes: [[
      "while part := conn.recv(1024):\n            answer += part",
      "answer = conn.recv(1024)",
    ]],
  },
  {
    lesson: "02_conversation",
    twin: "server_takes_null_for_a_message",
    changes: [["if not message:", "if message is None:"]],
  },
  {
    lesson: "02_conversation",
    twin: "client_dies_of_a_reset",
    changes: [[
      'except OSError:\n            message = b""',
      "except OSError as error:\n            print(error, file=sys.stderr, flush=True)\n            os._exit(1)",
    ]],
  },
  {
    lesson: "02_conversation",
    twin: "client_sends_line_ends",
    changes: [
      ["    conn.sendall(line)\n", '    conn.sendall(line + b"\\n")\n'],
      [
        "    if not line:\n        continue\n",
        "",
      ],
    ],
  },
  {
    lesson: "02_conversation",
    twin: "client_takes_turns",
    changes: [
      ["threading.Thread(target=hear, daemon=True).start()\n", ""],
      [
        "        conn.sendall(line)\n    except",
        '        conn.sendall(line)\n        print("peer> " + conn.recv(1024).decode(), flush=True)\n    except',
      ],
    ],
  },
  {
    lesson: "03_connection_loop",
    twin: "server_counts_characters",
    changes: [["size += len(message)", "size += len(message.decode())"]],
  },
  {
    lesson: "03_connection_loop",
    twin: "server_dies_of_a_reset",
    changes: [["except ConnectionError:", "except MemoryError:"]],
  },
  {
    lesson: "03_connection_loop",
    twin: "server_ends_with_its_first_client",
    changes: [[
      "while True:\n            conn,",
      "if True:\n            conn,",
    ]],
  },
  {
    lesson: "03_connection_loop",
    twin: "client_retries_for_ever",
    changes: [["                raise\n", "                left = 1\n"]],
  },
  {
    lesson: "04_udp_echo",
    twin: "server_counts_by_the_host",
    changes: [
      ["counts[client] += 1", "counts[client[0]] += 1"],
      ["{counts[client]}", "{counts[client[0]]}"],
    ],
  },
  {
    lesson: "04_udp_echo",
    twin: "client_takes_a_strangers_answer",
    changes: [["        if sender != server:\n            continue\n", ""]],
  },
  {
    lesson: "04_udp_echo",
    twin: "client_takes_a_late_answer",
    changes: [["if reply and reply[1] == str(number):", "if reply:"]],
  },
  {
    lesson: "04_udp_echo",
    twin: "client_waits_for_ever",
    changes: [["sock.settimeout(left)", "sock.settimeout(None)"]],
  },
  {
    lesson: "05_sticky_packets",
    twin: "server_keeps_the_cr",
    changes: [['line = line[:-1].removesuffix(b"\\r")', "line = line[:-1]"]],
  },
  {
    lesson: "05_sticky_packets",
    twin: "server_loses_the_tail",
    changes: [[
      "            if len(line) > LONGEST:",
      "            elif len(line) <= LONGEST:\n                return\n            if len(line) > LONGEST:",
    ]],
  },
  {
    lesson: "05_sticky_packets",
    twin: "server_reads_to_the_end",
    changes: [["in lines(conn):", "in list(lines(conn)):"]],
  },
  {
    lesson: "05_sticky_packets",
    twin: "server_serves_one_by_one",
    changes: [[
      "threading.Thread(target=serve, args=(conn, peer), daemon=True).start()",
      "serve(conn, peer)",
    ]],
  },
  {
    lesson: "05_sticky_packets",
    twin: "client_writes_all_before_it_reads",
    changes: [["threading.Thread(target=send, daemon=True).start()", "send()"]],
  },
  {
    lesson: "06_struct_framing",
    twin: "server_is_big_endian",
    changes: [
      ['struct.unpack("<i"', 'struct.unpack(">i"'],
      ['struct.pack("<i"', 'struct.pack(">i"'],
    ],
  },
  {
    lesson: "06_struct_framing",
    twin: "server_trusts_the_length",
    changes: [["if not 0 <= length <= LIMIT:", "if length < 0:"]],
  },
  {
    lesson: "06_struct_framing",
    twin: "server_counts_characters",
    changes: [[
      'struct.pack("<i", len(payload))',
      'struct.pack("<i", len(payload.decode()))',
    ]],
  },
  {
    lesson: "06_struct_framing",
    twin: "client_writes_all_before_it_reads",
    changes: [[
      "threading.Thread(target=send, args=(payloads,), daemon=True).start()",
      "send(payloads)",
    ]],
  },
  {
    lesson: "07_md5_file_transfer",
    twin: "server_trusts_the_name",
    changes: [[
      "    if not isinstance(name, str) or",
      "    return isinstance(name, str)\n    if not isinstance(name, str) or",
    ]],
  },
  {
    lesson: "07_md5_file_transfer",
    twin: "server_reads_to_the_end",
    changes: [
      ["while left > 0:", "while True:"],
      ["stream.read1(min(left, 256 * 1024))", "stream.read1(256 * 1024)"],
      [
        '                if not piece:\n                    raise Refused("the file is cut short")',
        "                if not piece:\n                    break",
      ],
    ],
  },
  {
    lesson: "07_md5_file_transfer",
    twin: "client_compares_nothing",
    changes: [['if digest.hexdigest() != head.get("md5"):', "if False:"]],
  },
  {
    lesson: "07_md5_file_transfer",
    twin: "server_overwrites_in_place",
    changes: [
      ["tempfile.mkstemp(prefix=PART, dir=folder)", "0, path"],
      ['with open(descriptor, "wb") as file', 'with open(path, "wb") as file'],
    ],
  },
  {
    lesson: "08_concurrent_server",
    twin: "server_checks_then_waits",
    changes: [[
      '        client.put("* in the room: "',
      '        lock.release()\n        threading.Event().wait(0.05)\n        lock.acquire()\n        client.put("* in the room: "',
    ]],
  },
  {
    lesson: "08_concurrent_server",
    twin: "server_echoes_to_the_sender",
    changes: [['{text}", but=client)', '{text}")']],
  },
  {
    lesson: "08_concurrent_server",
    twin: "server_keeps_what_nobody_reads",
    changes: [["MOST_WAITING = 256 * 1024", "MOST_WAITING = 2**40"]],
  },
  {
    lesson: "08_concurrent_server",
    twin: "server_serves_one_by_one",
    changes: [[
      "threading.Thread(target=target, args=(client,), daemon=True).start()",
      "target(client)",
    ]],
  },
  {
    lesson: "08_concurrent_server",
    twin: "client_waits_for_its_input",
    changes: [
      [
        "threading.Thread(target=say, daemon=True).start()",
        "saying = threading.Thread(target=say, daemon=True)\nsaying.start()",
      ],
      ["leave(0,", "saying.join()\nleave(0,"],
    ],
  },
  {
    lesson: "09_timeouts_and_buffers",
    twin: "server_does_one_job_after_another",
    changes: [[
      "timer = threading.Timer(int(job[2]) / 1000, self.answer, [answer])\n        timer.daemon = True\n        timer.start()",
      "time.sleep(int(job[2]) / 1000)\n        self.answer(answer)",
    ]],
  },
  {
    lesson: "09_timeouts_and_buffers",
    twin: "server_begins_every_job_at_once",
    changes: [["while self.running >= options.jobs and", "while False and"]],
  },
  {
    lesson: "09_timeouts_and_buffers",
    twin: "server_takes_bytes_for_life",
    changes: [[
      "return self.conn.recv(64 * 1024) or None",
      "self.quiet_since = time.monotonic()\n                return self.conn.recv(64 * 1024) or None",
    ]],
  },
  {
    lesson: "09_timeouts_and_buffers",
    twin: "server_ends_at_once_on_ctrl_c",
    changes: [["            thread.join(max", "            max"], [
      "end - time.monotonic()))\n    except",
      "end - time.monotonic())\n    except",
    ]],
  },
  {
    lesson: "09_timeouts_and_buffers",
    twin: "client_prints_late_answers",
    changes: [
      ["if line.startswith(prefix):", "if line[:1].isdigit():"],
      ["return line.removeprefix(prefix)", 'return line.partition(b" ")[2]'],
    ],
  },
  {
    lesson: "09_timeouts_and_buffers",
    twin: "client_retries_at_once",
    changes: [["        time.sleep(max(0, min(length, left)))\n", ""]],
  },
  {
    lesson: "09_timeouts_and_buffers",
    twin: "client_pauses_in_step",
    changes: [["random.uniform(0.5, 1)", "0.75"]],
  },
  {
    lesson: "09_timeouts_and_buffers",
    twin: "client_takes_keep_alive_for_a_heartbeat",
    changes: [[
      "every = options.heartbeat / 1000 if options.heartbeat else None",
      "every = None",
    ]],
  },
  {
    lesson: "10_unix_sockets",
    twin: "server_removes_the_path_first",
    changes: [["other = occupant()", "other = None"]],
  },
  {
    lesson: "10_unix_sockets",
    twin: "server_removes_anything",
    changes: [["if not stat.S_ISSOCK(mode):", "if stat.S_ISDIR(mode):"]],
  },
  {
    lesson: "10_unix_sockets",
    twin: "server_takes_slow_for_dead",
    changes: [['return ""\n', "return None\n"]],
  },
  {
    lesson: "10_unix_sockets",
    twin: "server_takes_a_left_path_for_taken",
    changes: [[
      "            os.remove(path)\n        before",
      '            sys.exit(f"error: {path} is taken")\n        before',
    ]],
  },
  {
    lesson: "10_unix_sockets",
    twin: "server_leaves_its_path",
    changes: [["    os.remove(path)\n    os._exit", "    os._exit"]],
  },
  {
    lesson: "10_unix_sockets",
    twin: "client_takes_a_path_for_a_server",
    changes: [[
      "except (ConnectionRefusedError, FileNotFoundError):",
      "except FileNotFoundError:",
    ]],
  },
  {
    lesson: "10_unix_sockets",
    twin: "client_waits_for_the_end",
    changes: [["line = stream.readline()", "line = stream.read()"]],
  },
  {
    lesson: "11_reliable_udp",
    twin: "server_plays_the_apprentice",
    changes: [["and 0 <= ahead <", "and -1 <= ahead <"]],
  },
  {
    lesson: "11_reliable_udp",
    twin: "server_takes_anybody",
    changes: [["if self.known and sender != self.peer:", "if False:"]],
  },
  {
    lesson: "11_reliable_udp",
    twin: "server_leaves_half_a_file",
    changes: [
      ['part = os.path.join(folder, f".{uuid.uuid4()}.part")', "part = path"],
      ["            os.remove(part)\n", "            pass\n"],
    ],
  },
  {
    lesson: "11_reliable_udp",
    twin: "client_leaves_at_once",
    changes: [[
      "    transfer.finish(2 * transfer.rto)\n",
      "    transfer.send(4, transfer.last)\n",
    ]],
  },
];
