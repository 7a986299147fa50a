/** 학습된 프로필에서 벗어난 동작을 설명하는 한국어 문장. 키는 profile.en.ts와 같다. */
export const profileKo = {
  'profile.deviation': '이 이미지가 지금까지 보이지 않던 동작입니다(점수 {score}/100): {reasons}',
  'profile.executable': '처음 보는 프로그램 실행: {key}',
  'profile.child': '처음 보는 부모 프로세스에서 프로그램 실행: {key}',
  'profile.argument': '처음 보는 형태의 실행 인자: {key}',
  'profile.write': '처음 쓰는 디렉터리에 쓰기: {key}',
  'profile.listen': '처음 여는 포트에서 수신 대기: {key}',
  'profile.peer': '처음 통신하는 상대에 연결: {key}',
  'profile.syscall': '처음 사용하는 시스템 콜: {key}',
  'profile.capability': '처음 사용하는 권한(capability): {key}',
  'profile.user': '처음 보는 사용자로 프로그램 실행: uid {key}',
} as const
