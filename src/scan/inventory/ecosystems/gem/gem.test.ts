import assert from 'node:assert/strict'
import { test } from 'node:test'
import { foundIn, named, wants } from '../../check-extractor.ts'
import { bundler } from './gemfile-lock.ts'
import { gemspec } from './gemspec.ts'
import { gitGemspec, projectGemspec } from './project-gemspec.ts'

const lock = `GIT
  remote: https://host/g.git
  revision: 0123456789abcdef0123456789abcdef01234567
  branch: main
  specs:
    g (0.5.0)
      a (>= 1, < 3)

PATH
  remote: .
  specs:
    own (0.1.0)

GEM
  remote: https://rubygems.org/
  specs:
    a (2.0.0)
      b-c
    b-c (1.0.0.pre.1)
    nokogiri (1.15.4-x86_64-linux)
      racc (~> 1.4)
    nokogiri (1.15.4)
      mini_portile2 (~> 2.8.2)
    mini_portile2 (2.8.4)
    racc (1.7.1-java)

PLATFORMS
  ruby
  x86_64-linux

DEPENDENCIES
  a (~> 2.0)
  g!
  nokogiri

CHECKSUMS
  a (2.0.0) sha256=00

BUNDLED WITH
   2.4.19
`

test('Gemfile.lock: sources, platforms, direct ones', () => {
  const found = foundIn(bundler, { 'Gemfile.lock': lock })
  assert.deepEqual(
    found.map(({ name, version, relationship, dependsOn }) =>
      `${name} ${version} ${relationship} ${dependsOn ?? ''}`.trim(),
    ),
    [
      'g 0.5.0 direct a@2.0.0',
      'own 0.1.0 indirect',
      'a 2.0.0 direct b-c@1.0.0.pre.1',
      'b-c 1.0.0.pre.1 indirect',
      'nokogiri 1.15.4 direct racc@1.7.1,mini_portile2@2.8.4',
      'mini_portile2 2.8.4 indirect',
      'racc 1.7.1 indirect',
    ],
  )
  assert.deepEqual(found[0]?.extra, {
    resolved: 'https://host/g.git',
    commit: '0123456789abcdef0123456789abcdef01234567',
  })
  assert.deepEqual(found[2]?.lines, { start: 17, end: 17 })
})

test('Gemfile.lock under its other names, with other line ends; what is none is an error', () => {
  assert.equal(foundIn(bundler, { 'gems.locked': lock.replaceAll('\n', '\r\n') }).length, 7)
  assert.ok(!wants(bundler, 'vendor/bundle/ruby/3.1.0/gems/rbs-2.0.0/Gemfile.lock'))
  assert.ok(wants(bundler, 'gemfiles/rails_7.gemfile.lock'))
  assert.throws(() => foundIn(bundler, { 'Gemfile.lock': '  indented' }))
})

test('Gemfile.lock: both sides of a merge conflict', () => {
  const text = `GEM
  remote: https://rubygems.org/
  specs:
<<<<<<< HEAD
    a (1.0.0)
=======
    a (2.0.0)
>>>>>>> branch
    b (1.0.0)
`
  assert.deepEqual(named(foundIn(bundler, { 'Gemfile.lock': text })), ['a 1.0.0', 'a 2.0.0', 'b 1.0.0'])
})

const specs: [name: string, path: string, text: string, expected: string | undefined][] = [
  [
    'what RubyGems writes',
    'usr/lib/ruby/gems/3.1.0/specifications/rake-13.0.6.gemspec',
    '# -*- encoding: utf-8 -*-\n# stub: rake 13.0.6 ruby lib\n\nGem::Specification.new do |s|\n  s.name = "rake".freeze\n  s.version = "13.0.6"\n  s.licenses = ["MIT".freeze, "Ruby".freeze]\nend\n',
    'rake 13.0.6 MIT,Ruby',
  ],
  [
    'what it wrote long ago',
    'gems/1.8/specifications/x-1.0.gemspec',
    'Gem::Specification.new do |s|\n  s.name = %q{x}\n  s.name = %q<x>\n  s.version = Gem::Version.new("1.0")\n  s.license = \'MIT\'\nend\n',
    'x 1.0 MIT',
  ],
  [
    'a constant for a version',
    'specifications/default/json-2.6.1.gemspec',
    'Gem::Specification.new do |spec|\n  spec.name = "json"\n  spec.version = JSON::VERSION\nend\n',
    'json 2.6.1 ',
  ],
  [
    'a platform in the name',
    'specifications/ffi-1.15.5-x86_64-linux.gemspec',
    '# stub: ffi 1.15.5 x86_64-linux lib\n',
    'ffi 1.15.5 ',
  ],
  [
    'what it wrote before RubyGems 2',
    'usr/lib/ruby/gems/1.8/specifications/rack-1.2.1.gemspec',
    'Gem::Specification.new do |s|\n  s.name = %q{rack}\n  s.version = "1.2.1"\n\n  s.required_rubygems_version = Gem::Requirement.new(">= 0")\nend\n',
    'rack 1.2.1 ',
  ],
  ['nothing known', 'specifications/odd.gemspec', 'puts 1\n', undefined],
]
for (const [name, path, text, expected] of specs) {
  test(`gemspec: ${name}`, () => {
    const [pkg] = foundIn(gemspec, { [path]: text })
    assert.equal(pkg && `${pkg.name} ${pkg.version} ${pkg.licenses ?? ''}`, expected)
  })
}

test('gemspec: dependencies within one home, default gems included; sources are passed over', () => {
  const found = foundIn(gemspec, {
    'g/specifications/a-1.gemspec':
      '# stub: a 1 ruby lib\n    s.add_runtime_dependency(%q<b>.freeze, ["~> 1"])\n    s.add_dependency("gone")\n    s.add_development_dependency(%q<c>.freeze)\n',
    'g/specifications/default/b-2.gemspec': '# stub: b 2 ruby lib\n',
    'g/specifications/c-3.gemspec': '# stub: c 3 ruby lib\n',
  })
  assert.deepEqual(named(found), ['a 1', 'b 2', 'c 3'])
  assert.deepEqual(found[0]?.dependsOn, ['g/specifications/default/b-2.gemspec#b@2'])
  assert.ok(!wants(gemspec, 'g/gems/a-1/a.gemspec'))
})

const gemspecText = (version: string, before = '') =>
  `${before}\nGem::Specification.new do |spec|\n  spec.name = "my-gem"\n  spec.version = ${version}\n  spec.license = "MIT"\nend\n`
const versionFile = 'module My\n  VERSION = "1.5.0"\n  OTHER = \'2\'\nend\n'
const gemProjects: [about: string, files: Record<string, string>, expected: string[]][] = [
  ['plain', { 'my-gem.gemspec': gemspecText('"1.0"') }, ['my-gem 1.0 root']],
  [
    'a constant of a file by require_relative',
    {
      'a/my-gem.gemspec': gemspecText('My::VERSION', 'require_relative "lib/my/version"'),
      'a/lib/my/version.rb': versionFile,
    },
    ['my-gem 1.5.0 root'],
  ],
  [
    "a constant of a file on Ruby's path",
    {
      'my-gem.gemspec': gemspecText(
        'My::VERSION.dup',
        "$:.push File.expand_path('../lib', __FILE__)\nrequire 'my/version'",
      ),
      'lib/my/version.rb': versionFile,
    },
    ['my-gem 1.5.0 root'],
  ],
  ['a constant of its own', { 'x.gemspec': gemspecText('VERSION', "VERSION = '3.0'") }, ['my-gem 3.0 root']],
  ['a variable', { 'x.gemspec': gemspecText('version', 'version = "3.1"') }, ['my-gem 3.1 root']],
  [
    'a constant in a text',
    {
      'x.gemspec': gemspecText('"#{My::VERSION}"', 'require_relative "lib/my/version"'),
      'lib/my/version.rb': versionFile,
    },
    ['my-gem 1.5.0 root'],
  ],
  [
    'a constant of the file that it is required by',
    { 'x.gemspec': gemspecText('My::VERSION', 'require_relative "lib/my"'), 'lib/my.rb': versionFile },
    ['my-gem 1.5.0 root'],
  ],
  [
    'a constant where it is by custom',
    { 'x.gemspec': gemspecText('My::VERSION', 'load File.join("lib", "x.rb")'), 'lib/my/gem/version.rb': versionFile },
    ['my-gem 1.5.0 root'],
  ],
  ['name and version first', { 'x.gemspec': 'Gem::Specification.new "x", "1.0" do |s|\nend\n' }, ['x 1.0 root']],
  [
    'several statements a line',
    { 'x.gemspec': 'Gem::Specification.new do |s|\n  s.name = "x"; s.version = "1.1"\nend\n' },
    ['x 1.1 root'],
  ],
  ['a constant of nowhere', { 'x.gemspec': gemspecText('My::VERSION', 'require "my/version"') }, []],
  ['what is computed', { 'x.gemspec': gemspecText('File.read("VERSION")') }, []],
]
for (const [about, files, expected] of gemProjects) {
  test(`a gem that is worked on: ${about}`, () =>
    assert.deepEqual(
      foundIn(projectGemspec, files).map(({ name, version, relationship }) =>
        [name, version, relationship].filter(Boolean).join(' '),
      ),
      expected,
    ))
}

test('a gem that is worked on: not those that are installed', () => {
  for (const path of [
    'gems/rake-13.0.6/rake.gemspec',
    'usr/specifications/rake-13.0.6.gemspec',
    'gems/x-1/lib/version.rb',
  ])
    assert.equal(wants(projectGemspec, path), false)
})

test('a gem from a repository, by Bundler: what is installed, and no project', () => {
  const folder = 'usr/bundle/ruby/3.3.0/bundler/gems/my-gem-0123456789ab'
  const files = {
    [`${folder}/my-gem.gemspec`]: gemspecText('My::VERSION', 'require_relative "lib/my/version"'),
    [`${folder}/lib/my/version.rb`]: versionFile,
  }
  const [found] = foundIn(gitGemspec, files)
  assert.deepEqual([found?.name, found?.version, found?.relationship], ['my-gem', '1.5.0', undefined])
  for (const path of Object.keys(files)) assert.equal(wants(projectGemspec, path), false)
})
