// What an extension host has loaded long before any extension: Node's own modules are nobody's merit or fault.
import 'node:child_process';
import 'node:crypto';
import 'node:fs/promises';
import 'node:http2';
import 'node:https';
import 'node:os';
import 'node:stream/promises';
import 'node:url';
