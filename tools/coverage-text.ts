/** What docs/LANGUAGE/coverage.md says around its tables. */
export type Language = 'en' | 'ko'

interface Section {
  title: string
  lead: string
  columns: string[]
}

export interface CoverageText {
  title: string
  generated: string
  count(rows: number): string
  byDistribution: string
  nobody: string
  executable: string
  inPlaces: string
  heuristic: string
  yes: string
  no: string
  stages: { lock: string; installed: string; both: string }
  naming: { source: string; binary: string; both: string }
  ecosystems: Section
  programs: Section
  distributions: Section
  feeds: Section
  secrets: Section
  malware: Section
}

const en: CoverageText = {
  title: 'What Jenner covers',
  generated:
    'Written by `npm run coverage` from the lists that the scanner works with; a test fails when it is old. Do not edit it by hand.',
  count: rows => `${rows} rows.`,
  byDistribution: 'by distribution',
  nobody: 'nobody publishes any',
  executable: 'programs (ELF, PE, Mach-O)',
  inPlaces: '(in its places)',
  heuristic: 'form',
  yes: 'yes',
  no: 'no',
  stages: { lock: 'would be installed', installed: 'is installed', both: 'is installed; in projects too' },
  naming: { source: 'source', binary: 'binary', both: 'both' },
  ecosystems: {
    title: 'Packages',
    lead: 'Which files are read, and whose advisories judge what is found. Files of what would be installed are read in projects, those of what is installed in images and roots.',
    columns: ['Ecosystem', 'purl type', 'Reader', 'Files', 'States', 'Advisories'],
  },
  programs: {
    title: 'Programs and libraries without a package',
    lead: 'Recognised by name and by what they say of themselves, where no package manager states them. Go, Rust and Java programs speak for themselves.',
    columns: ['Product', 'Files', 'CPE'],
  },
  distributions: {
    title: 'Distributions',
    lead: 'Whose word counts for the packages of an operating system. “Complete”: the vendor states every flaw it knows of, so its silence means not affected.',
    columns: ['Family', 'Also', 'Advisories', 'Package named', 'Complete', 'End of life'],
  },
  feeds: {
    title: 'Sources of advisories',
    lead: 'What `jenner db build` understands, and under which licence its publisher gives it.',
    columns: ['Feed', 'Source', 'Licence'],
  },
  secrets: {
    title: 'Secrets',
    lead: 'Rules of `--scanners secret`.',
    columns: ['Rule', 'Finds', 'Category', 'Severity'],
  },
  malware: {
    title: 'Malware',
    lead: 'What comes with Jenner. Further YARA rules, hash lists and ClamAV signatures are read where they are given. Judged are all files that can be run, and all others but pictures, sounds, fonts, translations, style sheets, source maps, Markdown and reStructuredText, and data over 256 MiB; of a file the first 4 GiB, over 32 MiB in windows of 16 MiB that overlap by 1 MiB. Archives are opened (zip and its kin, tar, gzip, zstd, xz, bzip2, deb, rpm, cpio, one in the other), within limits: see the user guide. YARA is not asked about bytes that none of its rules can match by the file size, the first bytes or the plain texts that their conditions demand: that changes no result.',
    columns: ['Rule', 'Kind', 'Finds'],
  },
}

const ko: CoverageText = {
  title: 'Jenner가 다루는 범위',
  generated:
    '스캐너가 실제로 쓰는 목록에서 `npm run coverage`로 만든 문서입니다. 목록과 달라지면 테스트가 실패하니 직접 고치지 마십시오.',
  count: rows => `모두 ${rows}행입니다.`,
  byDistribution: '배포판별',
  nobody: '발행하는 곳 없음',
  executable: '실행 파일(ELF, PE, Mach-O)',
  inPlaces: '(정해진 위치)',
  heuristic: '형태',
  yes: '예',
  no: '아니요',
  stages: { lock: '설치될 것', installed: '설치된 것', both: '설치된 것 (프로젝트에서도)' },
  naming: { source: '소스', binary: '바이너리', both: '둘 다' },
  ecosystems: {
    title: '패키지',
    lead: '어떤 파일을 읽고, 찾은 패키지를 누구의 권고로 판정하는지 보여 줍니다. 설치될 것을 적은 파일은 프로젝트에서, 설치된 것을 적은 파일은 이미지와 루트에서 읽습니다.',
    columns: ['생태계', 'purl 유형', '판독기', '파일', '뜻', '권고'],
  },
  programs: {
    title: '패키지 없이 설치된 프로그램과 라이브러리',
    lead: '패키지 관리자에 기록이 없을 때 파일 이름과 파일 안의 버전 문자열로 알아봅니다. Go, Rust, Java 프로그램은 스스로 구성 요소를 밝히므로 따로 읽습니다.',
    columns: ['제품', '파일', 'CPE'],
  },
  distributions: {
    title: '배포판',
    lead: '운영체제 패키지를 누구의 권고로 판정하는지 보여 줍니다. “완전”은 공급자가 아는 취약점을 모두 밝힌다는 뜻이며, 그런 공급자가 언급하지 않으면 영향이 없는 것으로 봅니다.',
    columns: ['계열', '다른 이름', '권고', '패키지 이름 기준', '완전', '지원 종료'],
  },
  feeds: {
    title: '권고 출처',
    lead: '`jenner db build`가 읽는 데이터와 발행자의 라이선스입니다.',
    columns: ['피드', '출처', '라이선스'],
  },
  secrets: {
    title: '시크릿',
    lead: '`--scanners secret`의 규칙입니다.',
    columns: ['규칙', '찾는 것', '범주', '심각도'],
  },
  malware: {
    title: '악성 코드',
    lead: 'Jenner에 들어 있는 규칙입니다. YARA 규칙, 해시 목록, ClamAV 시그니처를 더 지정할 수 있습니다. 실행할 수 있는 파일은 모두 검사하고, 그 밖의 파일은 이미지, 음향, 글꼴, 번역, 스타일시트, 소스 맵, Markdown, reStructuredText 파일과 256 MiB를 넘는 데이터 파일을 빼고 모두 검사합니다. 파일마다 앞쪽 4 GiB까지, 32 MiB를 넘는 파일은 1 MiB씩 겹치는 16 MiB 단위로 나누어 봅니다. 압축 파일(zip 계열, tar, gzip, zstd, xz, bzip2, deb, rpm, cpio와 그 안의 압축 파일)은 한도 안에서 엽니다. 자세한 내용은 사용 안내에 있습니다. 조건에 적힌 파일 크기, 첫 바이트, 고정 문자열만 보아도 어느 규칙에도 걸릴 수 없는 내용은 YARA로 넘기지 않으며, 결과는 달라지지 않습니다.',
    columns: ['규칙', '종류', '찾는 것'],
  },
}

export const coverageTexts: Record<Language, CoverageText> = { en, ko }
