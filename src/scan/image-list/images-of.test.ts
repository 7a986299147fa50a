import assert from 'node:assert/strict'
import { test } from 'node:test'
import { imagesOf } from './images-of.ts'
import { interpolate, parseEnvFile } from './interpolate.ts'

const compose = `services:
  web:
    image: "nginx:\${TAG:-1.25}"
    platform: linux/arm64
  api: &api
    image: registry.example:5000/api@sha256:${'a'.repeat(64)}
  copy: *api
  built:
    build: .
  lost:
    image: app:\${MISSING}
  named:
    image: \${REGISTRY}/x:\${NONE:-\${TAG:-7}}
`

test('Compose: variables with defaults, aliases, platforms; what has no value is named', () => {
  const found = imagesOf(compose, 'compose.yml', new Map([['REGISTRY', 'r.example']]))
  assert.deepEqual(
    found.map(({ image, where, platform, unresolved }) => [image, where.line, platform, unresolved]),
    [
      ['nginx:1.25', 3, 'linux/arm64', undefined],
      [`registry.example:5000/api@sha256:${'a'.repeat(64)}`, 6, undefined, undefined],
      [`registry.example:5000/api@sha256:${'a'.repeat(64)}`, 6, undefined, undefined],
      ['app:', 11, undefined, ['MISSING']],
      ['r.example/x:7', 13, undefined, undefined],
    ],
  )
})

test("the process's environment is no source of values", () => {
  process.env.JENNER_TEST_SECRET = 'x'
  assert.deepEqual(imagesOf('services: {a: {image: "evil.example/$JENNER_TEST_SECRET"}}', 'c.yml')[0]!.unresolved, [
    'JENNER_TEST_SECRET',
  ])
})

const kubernetes = `apiVersion: apps/v1
kind: Deployment
spec:
  template:
    spec:
      initContainers:
      - {name: init, image: busybox}
      containers:
      - name: app
        image: team/app:1
      volumes:
      - name: model
        image: {reference: "r.example/model:1"}
---
# a comment
apiVersion: v1
kind: List
items:
- apiVersion: batch/v1
  kind: CronJob
  spec: {jobTemplate: {spec: {template: {spec: {containers: [{name: a, image: job:2}]}}}}}
- apiVersion: v1
  kind: ConfigMap
  data: {image: "a picture", text: "image: not:this"}
---
apiVersion: monitoring.example/v1
kind: Prometheus
spec: {image: quay.io/prometheus/prometheus:v2}
`

test('Kubernetes: every document, lists, custom resources, image volumes', () => {
  assert.deepEqual(
    imagesOf(kubernetes, 'k8s.yaml').map(({ image, where }) => `${where.line} ${image}`),
    ['7 busybox', '10 team/app:1', '13 r.example/model:1', '21 job:2', '28 quay.io/prometheus/prometheus:v2'],
  )
})

test('kustomization', () => {
  const text = `images:
- name: app
  newName: r.example/app
  newTag: 1.10
- name: other
  digest: sha256:${'b'.repeat(64)}
- name: untouched
`
  assert.deepEqual(
    imagesOf(text, 'a/kustomization.yaml').map(({ image }) => image),
    ['r.example/app:1.10', `other@sha256:${'b'.repeat(64)}`],
  )
})

const dockerfile = `# syntax=docker/dockerfile:1
ARG BASE=debian
ARG TAG="12"
FROM --platform=$BUILDPLATFORM golang:1.22 AS build
RUN --mount=type=bind,from=tools:1,target=/t go build \\
  # inside
  ./...
RUN <<EOF
FROM not:this
EOF
FROM \${BASE}:\${TAG}-slim AS \\
  run
COPY --from=build /a /a
COPY --from=0 /a /a
COPY --chown=1 --from=r.example/files:3 /b /b
FROM run
FROM scratch
FROM --platform=linux/arm64 alpine:\${NOTHING}
`

test('Dockerfile: arguments, stages, mounts, here-documents', () => {
  assert.deepEqual(
    imagesOf(dockerfile, 'Dockerfile').map(({ image, where, platform, unresolved }) =>
      [where.line, image, platform, unresolved].filter(part => part !== undefined).join(' '),
    ),
    ['4 golang:1.22', '5 tools:1', '11 debian:12-slim', '15 r.example/files:3', '18 alpine: linux/arm64 NOTHING'],
  )
})

for (const [text, expected] of [
  ['$A', 'a'],
  ['$' + '{A}', 'a'],
  ['$' + '{E:-d}', 'd'],
  ['$' + '{E-d}', ''],
  ['$' + '{A:+x}', 'x'],
  ['$' + '{E:+x}', ''],
  ['$' + '{N+x}', ''],
  ['$$A', '$A'],
  ['a$', 'a$'],
  ['$' + '{N:-$' + '{A}}', 'a'],
] as const) {
  test(`interpolation of ${text}`, () => {
    const variables = new Map([
      ['A', 'a'],
      ['E', ''],
    ])
    assert.equal(interpolate(text, variables).text, expected)
  })
}

test('hostile text ends: nested variables, deep YAML, alias cycles, bombs', () => {
  assert.ok(interpolate('${A:-'.repeat(50_000), new Map()).text.length < 5000)
  assert.throws(() => imagesOf(`services:\n  a: ${'['.repeat(100_000)}`, 'c.yml'), { code: 'malformed' })
  const cycle = 'apiVersion: v1\nkind: Pod\nspec: &s\n  self: *s\n  containers: [{name: a, image: b}]\n'
  assert.deepEqual(
    imagesOf(cycle, 'k.yml').map(({ image }) => image),
    ['b'],
  )
  const bomb = ['apiVersion: v1', 'kind: X', 'a0: &a0 [x]']
  for (let level = 1; level < 40; level++) bomb.push(`a${level}: &a${level} [*a${level - 1}, *a${level - 1}]`)
  assert.deepEqual(imagesOf(bomb.join('\n'), 'k.yml'), [])
})

test('unrendered templates say so; other files name nothing', () => {
  const template = 'apiVersion: v1\nkind: Pod\nspec:\n  {{- if x }}\n  a: b\n'
  assert.throws(() => imagesOf(template, 'k.yaml'), /render it first/)
  assert.deepEqual(imagesOf('hello world', 'README.md'), [])
  assert.deepEqual(imagesOf('{"name":"x"}', 'package.json'), [])
})

test('.env files', () => {
  assert.deepEqual(
    [...parseEnvFile('# c\nA=1 # one\nexport B="x # y"\nC=\nbad line\n')],
    [
      ['A', '1'],
      ['B', 'x # y'],
      ['C', ''],
    ],
  )
})
