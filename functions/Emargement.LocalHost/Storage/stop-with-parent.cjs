// Preloaded into the emulator. Its standard input is a pipe held by the process that started it: when that process ends, however it ends,
// the pipe closes and the emulator stops the clean way, so that no orphan keeps the data folder open.
'use strict';
process.stdin.on('end', () => process.kill(process.pid, 'SIGTERM'));
process.stdin.on('error', () => process.kill(process.pid, 'SIGTERM'));
process.stdin.resume();
// Watching must not itself keep the emulator alive once its services are closed.
process.stdin.unref();
