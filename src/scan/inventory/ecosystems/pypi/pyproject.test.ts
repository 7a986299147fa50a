import { deepEqual } from 'node:assert/strict'
import { test } from 'node:test'
import { foundIn, named } from '../../check-extractor.ts'
import { pipfile } from './pipfile.ts'
import { poetryVersion } from './poetry-constraint.ts'
import { pyproject } from './pyproject.ts'

const constraints: [constraint: string, version: string, isRange: boolean][] = [
  ['1.2.3', '1.2.3', false],
  ['==1.2.3', '1.2.3', false],
  ['^1.2', '1.2', true],
  ['~1.2', '1.2', true],
  ['~=1.2.0', '1.2.0', true],
  ['1.2.*', '1.2.0', true],
  ['==1.*', '1.0', true],
  ['>=1.2,<2.0', '1.2', true],
  ['>= 1.2 <2', '1.2', true],
  ['<2,>=1.5', '1.5', true],
  ['^1.0 || ^2.0', '1.0', true],
  ['<=2.1', '2.1', true],
  ['*', '', false],
  ['', '', false],
  ['<2', '', true],
  ['!=1.0', '', true],
  ['latest', '', true],
]
for (const [constraint, version, isRange] of constraints) {
  test(`poetry constraint ${constraint}`, () =>
    deepEqual(poetryVersion(constraint), { version, ...(isRange && { range: constraint }) }))
}

const documents: [about: string, text: string, expected: string[]][] = [
  [
    'PEP 621 and 735',
    `[project]
name = "app"
version = "1"
dependencies = ["a==1", "b[x]>=2,<3 ; python_version > '3'", "c", 7]
optional-dependencies.d = ["d==4"]
[dependency-groups]
dev = ["e==5", { include-group = "other" }]
other = ["f~=6.0"]
[build-system]
requires = ["hatchling==1"]`,
    ['a 1', 'b 2', 'd 4', 'e 5 (development)', 'f 6.0 (development)'],
  ],
  [
    'Poetry',
    `[tool.poetry]
name = "app"
[tool.poetry.dependencies]
python = "^3.9"
a = "^1.2"
b = { version = "2.0", extras = ["x"], optional = true }
c = { git = "https://host/c.git", tag = "1.0" }
d = [{ version = "3.0", python = "<3.10" }, { version = "4.0", python = ">=3.10" }]
[tool.poetry.dev-dependencies]
e = "5.*"
[tool.poetry.group.docs]
optional = true
[tool.poetry.group.docs.dependencies]
f = "~6.1"`,
    ['a 1.2', 'b 2.0', 'd 3.0', 'd 4.0', 'e 5.0 (development)', 'f 6.1 (development)'],
  ],
  [
    'PDM, uv, Hatch and flit',
    `[tool.pdm.dev-dependencies]
test = ["a==1", "-e file:///srv/x#egg=x"]
[tool.uv]
dev-dependencies = ["b==2"]
[tool.hatch.envs.default]
dependencies = ["c==3"]
[tool.hatch.envs.test]
extra-dependencies = ["d==4"]
[tool.flit.metadata]
requires = ["e (>=5)"]
[tool.flit.metadata.requires-extra]
doc = ["f==6"]`,
    ['e 5', 'b 2 (development)', 'f 6', 'a 1 (development)', 'c 3 (development)', 'd 4 (development)'],
  ],
]
for (const [about, text, expected] of documents) {
  test(`pyproject.toml of ${about}`, () => deepEqual(named(foundIn(pyproject, { 'pyproject.toml': text })), expected))
  test(`pyproject.toml of ${about} says nothing beside a lock file`, () =>
    deepEqual(foundIn(pyproject, { 'app/pyproject.toml': text, 'poetry.lock': '' }), []))
}

test('Pipfile, where nothing is locked', () => {
  const text = `[[source]]
url = "https://host/simple"
name = "x"
[packages]
a = "==1.0"
b = { version = ">=2,<3", extras = ["x"] }
c = "*"
d = { file = "https://host/d-4.0.tar.gz" }
e = { git = "https://host/e.git", ref = "main" }
[dev-packages]
f = "~=5.0"
[docs]
g = "6.0"
[requires]
python_version = "3.11"
[scripts]
test = "==1"`
  const found = ['a 1.0', 'b 2', 'd 4.0', 'f 5.0 (development)', 'g 6.0']
  deepEqual(named(foundIn(pipfile, { Pipfile: text })), found)
  deepEqual(foundIn(pipfile, { Pipfile: text, 'Pipfile.lock': '{}' }), [])
})
