import { type Classifier, signal } from '../classifier.ts'

/** Interpreters, compilers, runtimes. Go's own programs speak for themselves (golang/binary.ts). */
export const languages: Classifier[] = [
  {
    product: 'node',
    cpe: ['nodejs:node.js'],
    names: ['node', 'nodejs', 'libnode'],
    signals: [
      signal('node.js/v', 'node\\.js/v{v}\0'),
      signal('/download/release/v', 'nodejs\\.org/download/release/v{v}/node-v', 24),
    ],
  },
  {
    product: 'python',
    cpe: ['python_software_foundation:python', 'python:python'],
    names: ['python', 'libpython', 'pypy'],
    signals: [
      signal('%.80s (%.80s) %.80s', '\0{v}\\+?\0%\\.80s \\(', 24),
      signal('pymalloc_debug\0', 'pymalloc_debug\0{v}\\+?\0'),
      // The linker may keep the version as the end of a longer text: `/usr/local/3.11.7`.
      signal('{file}.', '[\0/]{v}\\+?\0', 1),
    ],
    also: ['PYTHONHOME', 'Py_Initialize'],
  },
  {
    product: 'ruby',
    cpe: ['ruby-lang:ruby'],
    names: ['ruby', 'libruby', 'libruby-static'],
    signals: [signal('ruby ', '\0ruby {v}(?:p\\d{1,4}|[a-z0-9]{0,12}) \\(\\d{4}-\\d\\d-\\d\\d', 1)],
  },
  {
    product: 'perl',
    cpe: ['perl:perl'],
    names: ['perl', 'libperl'],
    signals: [signal('\0v5.', '\0v{v}\0'), signal('/perl5/5.', '/perl5/{v}[/\0]')],
    also: ['PERL5LIB', 'PERL5OPT'],
  },
  {
    product: 'php',
    cpe: ['php:php'],
    names: ['php', 'php-fpm', 'php-cgi', 'php-cli', 'phpdbg', 'libphp'],
    signals: [signal('X-Powered-By: PHP/', 'X-Powered-By: PHP/{v}')],
  },
  {
    product: 'lua',
    cpe: ['lua:lua'],
    names: ['lua', 'luac', 'liblua', 'liblua5.4-c++'],
    signals: [signal('$LuaVersion: Lua ', '\\$LuaVersion: Lua {v}'), signal('$Lua: Lua ', '\\$Lua: Lua {v}')],
  },
  {
    product: 'luajit',
    cpe: ['luajit:luajit'],
    names: ['luajit', 'libluajit'],
    signals: [signal('LuaJIT ', 'LuaJIT {v}')],
  },
  {
    product: 'erlang',
    cpe: ['erlang:erlang/otp', 'erlang:otp'],
    names: ['beam.smp', 'beam'],
    signals: [signal('[async-threads:%', '\\[async-threads:%[^\\0]{0,60}\0{v}\0')],
  },
  {
    product: 'openjdk',
    cpe: ['oracle:openjdk'],
    names: ['libjvm'],
    signals: [
      signal(' JRE (', ' JRE \\((\\d{1,3}(?:[._]\\d{1,3}){0,4}(?:-b\\d{1,3})?(?:\\+\\d{1,3})?)'),
      signal(' VM (', ' VM \\((\\d{1,3}(?:\\.\\d{1,3}){0,4}(?:\\+\\d{1,3})?)'),
    ],
  },
  {
    product: 'gcc',
    cpe: ['gnu:gcc'],
    names: ['gcc', 'g++', 'c++', 'gfortran', 'lto-wrapper', 'collect2'],
    signals: [
      signal('gcc version %s', '\0{v}\0[^\0]{0,80}\0gcc version %s', 120),
      signal('collect2 version %s', '\0{v}\0collect2 version', 24),
    ],
  },
  {
    product: 'rust',
    cpe: ['rust-lang:rust'],
    names: ['rustc', 'librustc_driver', 'libstd'],
    signals: [signal('rustc version ', 'rustc version {v}(?:-nightly)? \\('), signal('rustc ', 'rustc {v} \\(')],
    also: ['rust_begin_unwind', 'rustc_driver', 'rust_panic'],
  },
  {
    product: 'ghc',
    cpe: ['haskell:ghc'],
    names: ['ghc'],
    signals: [signal('libHSghc-', 'libHSghc-{v}-ghc')],
  },
  {
    product: 'deno',
    cpe: ['deno:deno'],
    names: ['deno'],
    signals: [signal('Deno/', '[^-]Deno/{v}', 1)],
  },
  {
    product: 'bun',
    cpe: ['oven:bun'],
    names: ['bun', 'bunx'],
    signals: [signal('Bun/', 'Bun/{v}'), signal('bun/', 'bun/{v}')],
  },
  {
    product: 'zig',
    cpe: ['ziglang:zig'],
    names: ['zig'],
    signals: [signal('zig ', '\0zig {v}\0', 1)],
  },
]
