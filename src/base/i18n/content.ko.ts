import type { contentEn } from './content.en.ts'

/** 비밀 값, 악성코드, 라이선스에 대해 보고서가 하는 말. */
export const contentKo: Record<keyof typeof contentEn, string> = {
  'content.secrets': '비밀 값',
  'content.malware': '악성코드',
  'content.licenses': '라이선스',
  'content.section_secret': '비밀 값',
  'content.section_malware': '악성코드',
  'content.section_license': '라이선스',
  'content.category': '분류',
  'content.rule': '규칙',
  'content.rule_set': '규칙 세트',
  'content.place': '위치',
  'content.match': '일치한 내용',
  'content.layer': '레이어',
  'content.removed_in': '이후 레이어({layer})에서 삭제되거나 교체됐지만 이미지에는 그대로 남아 있음',
  'content.added_by': '레이어 {layer}에서 추가됨',
  'content.fix': '조치 방법',
  'content.package': '패키지',
  'content.clean_all': '발견된 것이 없습니다.',
  'content.clean_all_incomplete': '읽을 수 있었던 범위에서는 발견된 것이 없습니다.',
  'content.denied': '정책에서 금지',
  'fix.file':
    '사용 중인 곳에서 값을 바꾼 뒤 이미지나 저장소에 넣지 마십시오. 파일로 마운트하거나(docker run --secret, Kubernetes Secret) 비밀 저장소에서 읽어 오십시오.',
  'fix.token':
    '발급처에서 토큰을 폐기하고 새로 발급받으십시오. 이미지나 저장소에 파일로 넣지 말고 마운트한 비밀 값으로 프로세스에 전달하십시오.',
  'fix.key':
    '이 키를 신뢰하는 모든 곳에서 키를 교체하고, 새 키는 컨테이너를 시작할 때 키 저장소에서 마운트하십시오(0400).',
  'fix.env':
    'ENV, CMD, ENTRYPOINT, LABEL에서 제거하십시오. 이미지를 가진 사람은 누구나 읽을 수 있습니다. 컨테이너를 시작할 때 비밀 저장소에서 전달하십시오.',
  'fix.build':
    '이미지 히스토리에 그대로 남아 있으므로 값을 바꾸십시오. ARG, ENV, 명령줄 암호 대신 RUN --mount=type=secret을 사용해 이미지를 다시 빌드하십시오.',
  'fix.removed':
    '이후 레이어에서 삭제해도 앞선 레이어에는 남아 있으므로 값을 바꾸십시오. RUN --mount=type=secret이나 별도의 빌드 스테이지를 사용해 이미지를 다시 빌드하십시오.',
}
