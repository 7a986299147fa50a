import { deepEqual } from 'node:assert/strict'
import { test } from 'node:test'
import { sayReasons } from './reasons.ts'

test('reasons are told in words, in both languages', () => {
  const cases: [string[], string, string][] = [
    [
      ['loaded', 'exposed', 'cvss:9.8', 'fix'],
      'loaded by a running process, reachable by a published port, CVSS 9.8, a fix is available',
      '실행 중인 프로세스가 사용 중, 공개된 포트로 접근 가능, CVSS 9.8, 수정 버전 있음',
    ],
    [['kev', 'ransomware', 'epss:0.913'], 'used by ransomware, EPSS 91.3 %', '랜섬웨어에 악용됨, EPSS 91.3 %'],
    [
      ['kev', 'running', 'severity:HIGH'],
      'exploited in the wild (CISA KEV), in a running container',
      '실제 공격에 악용됨(CISA KEV), 실행 중인 컨테이너에 포함',
    ],
    [['constructor', 'epss:0.000'], 'constructor, EPSS 0.0 %', 'constructor, EPSS 0.0 %'],
    [[], '', ''],
  ]
  for (const [codes, en, ko] of cases) deepEqual(sayReasons(codes), { en, ko })
})
