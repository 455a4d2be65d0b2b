#!/usr/bin/env node
// Starts the program that the package for this platform holds, with the same arguments, terminal and exit status.
"use strict";
const { spawnSync } = require("node:child_process");

const name = `sourcebook-${process.platform}-${process.arch}`;
let program;
try {
  program = require.resolve(`${name}/sourcebook${process.platform === "win32" ? ".exe" : ""}`);
} catch {
  console.error(`sourcebook: there is no package \`${name}\`; build the program from its source with \`cargo install\``);
  process.exit(1);
}
const { status, signal, error } = spawnSync(program, process.argv.slice(2), { stdio: "inherit" });
if (error) {
  console.error(`sourcebook: ${error.message}`);
  process.exit(1);
}
if (signal) process.kill(process.pid, signal);
process.exit(status ?? 1);
