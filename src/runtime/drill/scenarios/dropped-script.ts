import type { Scenario } from '../scenario.ts'

export const droppedScript: Scenario = {
  id: 'dropped-script',
  area: 'drift',
  technique: 'T1059.004',
  title: { en: 'a script that is not in the image, under block', ko: '이미지에 없는 스크립트(차단 정책)' },
  rule: 'Foreign code stopped',
  act: { script: 'echo "echo effect" > /opt/drill.sh; sh /opt/drill.sh' },
  twin: { script: 'echo "echo effect" > /opt/drill.sh; cat /opt/drill.sh > /dev/null; sh -c "echo fine"' },
  mustBlock: { effect: 'effect' },
}
