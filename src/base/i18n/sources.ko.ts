import type { sourcesEn } from './sources.en.ts'

/** The same keys as sources.en.ts, in Korean. */
export const sourcesKo: Record<keyof typeof sourcesEn, string> = {
  'flag.insecure': '유효한 인증서가 없거나 평문 HTTP를 쓰는 레지스트리도 허용',
  'flag.registryCa': '레지스트리용 인증 기관(CA) PEM 파일',
  'flag.registryMirror': '먼저 조회할 미러: Docker Hub용은 HOST[/PREFIX], 그 밖에는 REGISTRY=HOST[/PREFIX]',
  'flag.maxImageSize': '이미지 하나에서 받을 최대 크기 (기본 32GB)',
  'flag.fromFile': 'compose 파일, Kubernetes 매니페스트, Dockerfile에 적힌 모든 이미지를 스캔',
  'flag.branch': '저장소의 브랜치',
  'flag.tag': '저장소의 태그',
  'flag.commit': '저장소의 커밋',
  'flag.history': '현재 파일뿐 아니라 모든 커밋에서 시크릿을 검색',
  'sources.no_images': '{file}에 이미지가 없습니다.',
  'sources.scanning': '이미지 {index}/{count}: {image}',
  'sources.failed': '{image}: {reason}',
  'sources.summary': '이미지 {count}개 요약',
  'sources.image': '이미지',
  'sources.named_at': '위치',
  'sources.result': '결과',
  'sources.not_scanned': '스캔하지 못함: {reason}',
  'sources.unresolved': '변수 {name}의 값이 없음',
  'sources.needs_folder':
    '--format {format}은 파일 하나에 보고서 하나만 담습니다. --output에 폴더(/로 끝남)를 지정하거나 table 또는 json을 쓰십시오',
  'sources.seen': '여기에 적힌 이미지 (`jenner image --from-file 파일`로 스캔): {images}',
  'sources.commit': '커밋 {commit}에서 들어와 저장소 이력에 남아 있음',
}
