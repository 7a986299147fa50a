import type { Scenario } from '../scenario.ts'

export const serviceToken: Scenario = {
  id: 'service-token',
  area: 'credentials',
  title: { en: 'the token of a service account', ko: '서비스 계정 토큰' },
  technique: 'T1528',
  rule: 'Service account token read by a tool',
  act: {
    script: 'd=/run/secrets/kubernetes.io/serviceaccount; mkdir -p $d; echo drill > $d/token; cat $d/token > /dev/null',
  },
  twin: {
    script:
      'd=/run/secrets/kubernetes.io/serviceaccount; mkdir -p $d; echo drill > $d/namespace; cat $d/namespace > /dev/null',
  },
}
