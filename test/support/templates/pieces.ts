/** Brackets, quotes, escapes, comments, indentation and words of every language. */
export const pieces: readonly string[] = [
  ...['{', '}', '[', ']', '(', ')', '"', "'", '`', '"""', 'f"{', '${', '%{', '{{', '<<EOT\n', '|\n', '>-\n', '---\n'],
  ...['\n', '\r\n', '\r', '\t', '  ', '#', '//', '/*', '*/', '\\', '\u0000', '\ud800', '\u{1f600}'],
  ...[',', '=', '=>', '- ', ': ', '?', '...', '**', '&a ', '*a', '!Sub ', '<<: *a'],
  ...['for ', ' in ', 'if ', 'new ', 'Ref', 'Fn::Sub', 'name'],
];
