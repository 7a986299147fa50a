import type { Extractor, FoundPackage } from '../../../../base/model/ecosystem.ts'
import { cpeOf } from './cpe.ts'

const maxBytes = 64 * 1024

/** A Java runtime's `release` file: `KEY="value"` lines, among them JAVA_VERSION (JEP 223 and before). */
export const javaRuntime: Extractor = {
  id: 'java-runtime',
  revision: 1,
  stage: 'installed',
  patterns: [{ basename: 'release', where: ({ size }) => size < maxBytes }],
  maxBytes,
  parse(file) {
    const values = new Map(
      file
        .text()
        .split(/\r?\n/)
        .flatMap((line): [string, string][] => {
          const match = /^([A-Z_]{1,40})="([^"]{0,200})"\s*$/.exec(line)
          return match ? [[match[1]!, match[2]!]] : []
        }),
    )
    const plain = values.get('JAVA_VERSION')
    if (plain === undefined || !/^\d/.test(plain)) return undefined
    const whole = /^[\d._]+(?:-b\d+)?(?:\+\d+)?/.exec(values.get('JAVA_RUNTIME_VERSION') ?? '')?.[0]
    const version = whole?.startsWith(plain) ? whole : plain
    const vendor = values.get('IMPLEMENTOR')
    const found: FoundPackage[] = [
      {
        name: 'openjdk',
        version,
        extra: {
          cpe: ['oracle:openjdk', 'oracle:jdk'].map(one => cpeOf(one, plain)).join(' '),
          ...(vendor && { vendor }),
        },
      },
    ]
    const graal = values.get('GRAALVM_VERSION')
    if (graal) found.push({ name: 'graalvm', version: graal, extra: { cpe: cpeOf('oracle:graalvm', graal) } })
    return found
  },
}

/** Files of one line in which toolchains and runtimes state their version. */
const statements: { basename: string; place: RegExp; text: RegExp; product: string; cpe: string }[] = [
  {
    basename: 'VERSION',
    place: /(?:^|\/)go(?:lang)?(?:-\d[\d.]{0,10})?\/VERSION$/,
    text: /^go(\d[\w.]{0,30})/,
    product: 'go',
    cpe: 'golang:go',
  },
  {
    basename: 'OTP_VERSION',
    place: /(?:^|\/)releases\/\d+\/OTP_VERSION$/,
    text: /^(\d[\w.-]{0,30})\s*$/,
    product: 'erlang',
    cpe: 'erlang:erlang/otp',
  },
  {
    basename: 'version',
    place: /(?:^|\/)dart-sdk\/version$/,
    text: /^(\d[\w.-]{0,40})\s*$/,
    product: 'dart',
    cpe: 'dart:dart_software_development_kit',
  },
  {
    basename: '.version',
    place: /(?:^|\/)shared\/Microsoft\.(?:NETCore|AspNetCore)\.App\/[^/]+\/\.version$/,
    text: /^[0-9a-f]{8,40}\r?\n(\d[\w.-]{0,40})\s*$/,
    product: 'dotnet',
    cpe: 'microsoft:.net',
  },
]

/** NVD's names of what is found here. */
export const runtimeProducts: readonly { product: string; cpe: readonly string[] }[] = [
  ...statements.map(({ product, cpe }) => ({ product, cpe: [cpe] })),
  { product: 'openjdk', cpe: ['oracle:openjdk', 'oracle:jdk'] },
  { product: 'graalvm', cpe: ['oracle:graalvm'] },
]

/** Go, Erlang/OTP, the Dart SDK and shared .NET runtimes, by the file that each brings with its version. */
export const runtimeVersion: Extractor = {
  id: 'runtime-version',
  revision: 1,
  stage: 'installed',
  patterns: statements.map(({ basename, place }) => ({ basename, where: ({ path }) => place.test(path) })),
  maxBytes,
  parse(file) {
    const statement = statements.find(({ place }) => place.test(file.path))
    const version = statement?.text.exec(file.text())?.[1]
    return statement && version
      ? [{ name: statement.product, version, extra: { cpe: cpeOf(statement.cpe, version) } }]
      : undefined
  },
}
