import { deepEqual } from 'node:assert/strict'
import { test } from 'node:test'
import { foundIn, named } from '../../check-extractor.ts'
import { setupCfg } from './setup-cfg.ts'
import { setupPy } from './setup-py.ts'

test('pinned requirements as plain text', () => {
  const text = `setup(
  name='app', version='1.0',
  install_requires=["requests==2.31.0", 'urllib3 >=1.0', 'boto3[crt] == 1.34.0 ; python_version > "3"',
    # "old==1.0",
    'enum34>=1.1.6; python_version < "3.4"', "a (>=1.0,<2)", 'Framework :: b==1', "python>= 3 is needed",
    f"x=={version}", "y==%s" % v],
)`
  deepEqual(named(foundIn(setupPy, { 'setup.py': text })), [
    'requests 2.31.0',
    'urllib3 1.0',
    'boto3 1.34.0',
    'enum34 1.1.6',
    'a 1.0',
  ])
})

test('setup.cfg: lists of several lines or of one, extras, what tests need', () => {
  const text = `[metadata]
name = app
version = 1.0
description = a==1
[options]
python_requires = >=3.8
install_requires =
    requests==2.31.0
    # urllib3==1.0
    boto3[crt]>=1.34.0; python_version > "3"
    unpinned
tests_require = pytest==8.0; mock==5.0
[options.extras_require]
socks = PySocks >=1.5.6, !=1.5.7
use: chardet==5.0
[flake8]
max-line-length = 100
`
  deepEqual(named(foundIn(setupCfg, { 'setup.cfg': text.replaceAll('\n', '\r\n') })), [
    'requests 2.31.0',
    'boto3 1.34.0',
    'pytest 8.0 (development)',
    'mock 5.0 (development)',
    'PySocks 1.5.6',
    'chardet 5.0',
  ])
})

const texts: [about: string, text: string, expected: string[]][] = [
  [
    'a text of several lines',
    'setup(install_requires="""\n  a==1.0\n  b [x]>=2.0; python_version > "3"\n  c>=3,<4\n  d\n""")\n',
    ['a 1.0', 'b 2.0', 'c 3'],
  ],
  [
    'split by the program',
    "needs = '''\na==1.0\r\nb~=2.0\n'''\nsetup(install_requires=needs.split())\n",
    ['a 1.0', 'b 2.0'],
  ],
  ['code beside is none', 'a==1.0\nx = """text"""\nb==2.0\n', []],
  ['prose is none', '"""\nNeeds a==1.0 to run\nversion == 2.0 and more\n"""\n', []],
]
for (const [about, text, expected] of texts) {
  test(`setup.py: ${about}`, () => deepEqual(named(foundIn(setupPy, { 'setup.py': text })), expected))
}
