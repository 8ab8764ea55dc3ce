// Loads Node's modules that an extension host has loaded before any extension, so that they are not measured.
import 'node:child_process';
import 'node:crypto';
import 'node:fs/promises';
import 'node:http2';
import 'node:https';
import 'node:os';
import 'node:stream/promises';
import 'node:url';
