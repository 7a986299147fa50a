import type { Row } from './row.testing.ts'

const json = (value: unknown) => JSON.stringify(value)

/** Small inputs of the other feeds in upstream's shape, written for these tests, and what must come of them. */
export const otherRows: Row[] = [
  {
    feed: 'echo',
    name: 'fixed, not fixed, never affected',
    path: 'data.json',
    text: json({
      x: { 'CVE-2024-0030': { fixed_version: '1.0' }, 'CVE-2024-0031': {}, 'CVE-2024-0032': { fixed_version: '0' } },
    }),
    expected: [
      'Echo x CVE-2024-0030 fixed [..1.0]',
      'Echo x CVE-2024-0031 affected [..]',
      'Echo x CVE-2024-0032 not_affected [..]',
    ],
  },
  {
    feed: 'photon',
    name: 'fixed, not affected, no CVE',
    path: 'cve_data_photon5.0.json',
    text: json([
      {
        cve_id: 'CVE-2024-0015',
        pkg: 'x',
        cve_score: 7.5,
        aff_ver: 'all versions before 1-2.ph5 are vulnerable',
        res_ver: '1-2.ph5',
      },
      { cve_id: 'CVE-2024-0016', pkg: 'x', cve_score: 5, aff_ver: 'NA', res_ver: 'NA' },
      { cve_id: 'Re', pkg: 'x' },
    ]),
    expected: [
      'Photon OS:5.0 x CVE-2024-0015 fixed [..1-2.ph5] HIGH',
      'Photon OS:5.0 x CVE-2024-0016 not_affected [..] MEDIUM',
      'problem not an entry: Re x',
    ],
  },
  {
    feed: 'arch',
    name: 'a fixed and an open group',
    path: 'all.json',
    text: json([
      {
        name: 'AVG-1',
        packages: ['x'],
        status: 'Fixed',
        severity: 'High',
        affected: '1-1',
        fixed: '1-2',
        issues: ['CVE-2024-0017'],
        advisories: ['ASA-202401-1'],
      },
      {
        name: 'AVG-2',
        packages: ['y'],
        status: 'Vulnerable',
        severity: 'Unknown',
        affected: '1-1',
        fixed: null,
        issues: ['CVE-2024-0018'],
      },
    ]),
    expected: [
      'Arch Linux x CVE-2024-0017 fixed [..1-2] HIGH (AVG-1) ~AVG-1~ASA-202401-1',
      'Arch Linux y CVE-2024-0018 affected [..] (AVG-2) ~AVG-2',
    ],
  },
  {
    feed: 'rustsec',
    name: 'patched and unaffected',
    path: 'crates/x/RUSTSEC-2024-0001.md',
    text: '```toml\n[advisory]\nid = "RUSTSEC-2024-0001"\npackage = "x"\ndate = "2024-01-01"\naliases = ["CVE-2024-0019"]\n\n[versions]\npatched = [">= 3.1.0", ">= 2.1.3, < 3.0.0"]\nunaffected = ["< 1.0.0"]\n```\n\n# Bad thing\n\nText.\n',
    expected: [
      'crates.io x RUSTSEC-2024-0001 fixed [..] patched=>= 3.1.0|>= 2.1.3, < 3.0.0 unaffected=< 1.0.0 ~CVE-2024-0019',
      'details RUSTSEC-2024-0001 Bad thing {}',
    ],
  },
  {
    feed: 'rubysec',
    name: 'patched versions',
    path: 'gems/x/CVE-2024-0020.yml',
    text: '---\ngem: x\ncve: 2024-0020\nghsa: 2222-3333-4444\nurl: https://example.org\ntitle: Bad\ndate: 2024-01-01\ncvss_v3: 9.8\npatched_versions:\n  - "~> 1.2.3"\n  - ">= 2.0"\n',
    expected: [
      'RubyGems x CVE-2024-0020 fixed [..] patched=~> 1.2.3|>= 2.0 ~GHSA-2222-3333-4444',
      'details CVE-2024-0020 Bad {"rubysec":"CRITICAL"}',
    ],
  },
  {
    feed: 'rubysec',
    name: 'Ruby itself',
    path: 'rubies/ruby/CVE-2024-0032.yml',
    text: '---\nengine: ruby\ncve: 2024-0032\ntitle: A flaw\nunaffected_versions:\n  - "< 2.0.0"\npatched_versions:\n  - "~> 2.0.0.353"\n  - "~> 3.0.7"\n  - ">= 3.2.4"\n',
    expected: [
      'NVD ruby CVE-2024-0032 fixed [..] patched=>= 2.0.0, < 2.0.1|>= 3.0.7, < 3.1|>= 3.2.4 unaffected=< 2.0.0',
      'details CVE-2024-0032 A flaw {}',
    ],
  },
  {
    feed: 'friendsofphp',
    name: 'branches',
    path: 'v/p/CVE-2024-0021.yaml',
    text: "title: Bad\nlink: https://example.org\ncve: CVE-2024-0021\nbranches:\n    1.x:\n        time: 2024-01-01 00:00:00\n        versions: ['>=1.0', '<1.2.3']\n    2.x:\n        versions: ['>=2.0', '<2.0.1']\nreference: composer://v/p\n",
    expected: [
      'Packagist v/p CVE-2024-0021 fixed [] vulnerable=>=1.0, <1.2.3|>=2.0, <2.0.1',
      'details CVE-2024-0021 Bad {}',
    ],
  },
  {
    feed: 'nodejswg',
    name: 'a range, and all versions of a malicious package',
    path: 'npm/1.json',
    text: json({
      id: 1,
      module_name: 'x',
      cves: ['CVE-2019-0022'],
      vulnerable_versions: '<1.2.3',
      patched_versions: '>=1.2.3',
      title: 'Bad',
      cvss_score: 7.5,
    }),
    expected: [
      'npm x CVE-2019-0022 fixed [] vulnerable=<1.2.3 patched=>=1.2.3 ~NSWG-ECO-1',
      'details CVE-2019-0022 Bad {"nodejswg":"HIGH"}',
    ],
  },
  {
    feed: 'nodejswg',
    name: 'Node.js itself: a fix per line, a line without one',
    path: 'vuln/core/7.json',
    text: json({
      cve: ['CVE-2024-0030', 'CVE-2024-0031'],
      ref: 'https://nodejs.org/en/blog/vulnerability/',
      vulnerable: '8.x || 7.x || 0.10.x || >=4.0.0 <4.1.2',
      patched: '^8.1.4 || ^0.10.40 || >= 4.1.1',
      overview: 'Text.',
      affectedEnvironments: ['all'],
      severity: 'high',
    }),
    expected: ['CVE-2024-0030', 'CVE-2024-0031'].flatMap(id => [
      `NVD nodejs ${id} fixed [8.0.0..8.1.4 0.10.0..0.10.40 4.0.0..4.1.1] vulnerable=>= 7.0.0, < 8.0.0 HIGH`,
      `details ${id} {"nodejswg":"HIGH"}`,
    ]),
  },
  {
    feed: 'rootio',
    name: 'rebuilds, and the distribution’s own fix after them',
    path: 'cve_feed.json',
    text: json({
      debian: [
        {
          distroversion: '12',
          packages: [
            {
              pkg: {
                name: 'x',
                cves: {
                  'CVE-2024-0033': {
                    vulnerable_ranges: ['<1-1.root.io.3', '>1-1.root.io.3 <1-2'],
                    fixed_versions: ['1-1.root.io.3', '1-2'],
                    severity: 'HIGH',
                  },
                  'CVE-2024-0034': {},
                },
              },
            },
          ],
        },
      ],
      plan9: [],
    }),
    expected: [
      'Root:Debian:12 x CVE-2024-0033 fixed [] vulnerable=<1-1.root.io.3|>1-1.root.io.3 <1-2 patched=>= 1-1.root.io.3, <= 1-1.root.io.3|>= 1-2, <= 1-2 HIGH',
      'Root:Debian:12 x CVE-2024-0034 affected [..]',
      'problem of no known distribution: plan9',
    ],
  },
  {
    feed: 'kev',
    name: 'JSON',
    path: 'kev.json',
    text: json({
      catalogVersion: '2024.01.01',
      vulnerabilities: [
        { cveID: 'CVE-2024-0023', dateAdded: '2024-01-02', dueDate: '2024-01-23', knownRansomwareCampaignUse: 'Known' },
        { cveID: 'no' },
      ],
    }),
    expected: ['kev CVE-2024-0023 2024-01-02 2024-01-23 true', 'problem not an entry: no'],
  },
  {
    feed: 'kev',
    name: 'CSV with quoted commas, quotes and lines',
    path: 'kev.csv',
    text: 'cveID,vendorProject,shortDescription,dateAdded,dueDate,knownRansomwareCampaignUse\nCVE-2024-0024,V,"a, ""b""\nc",2024-01-02,,Unknown\n',
    expected: ['kev CVE-2024-0024 2024-01-02 false'],
  },
  {
    feed: 'epss',
    name: 'scores, and lines that are none',
    path: 'epss_scores-2024-01-01.csv',
    text: '#model_version:v2023.03.01,score_date:2024-01-01T00:00:00+0000\ncve,epss,percentile\nCVE-2024-0025,0.5,0.9\nCVE-2024-0026,7,0.9\nx\n',
    expected: ['epss CVE-2024-0025 0.5 0.9 2024-01-01', 'problem line 4 is no score', 'problem line 5 is no score'],
  },
  {
    feed: 'endoflife',
    name: 'API v1',
    path: 'endoflife-debian.json',
    text: json({
      schema_version: '1.2.0',
      result: {
        name: 'debian',
        releases: [
          { name: '12', isEol: false, eolFrom: '2026-06-10', eoesFrom: '2028-06-30' },
          { name: '13', isEol: false, eolFrom: null },
        ],
      },
    }),
    expected: ['eol debian 12 2026-06-10 +2028-06-30', 'eol debian 13 false'],
  },
  {
    feed: 'endoflife',
    name: 'API v0',
    path: 'alpine.json',
    text: json([
      { cycle: '3.19', eol: '2025-11-01' },
      { cycle: '3.1', eol: true },
    ]),
    expected: ['eol alpine 3.19 2025-11-01', 'eol alpine 3.1 true'],
  },
  {
    feed: 'cve',
    name: 'a CVE record with the enrichment of CISA',
    path: 'CVE-2024-0027.json',
    text: json({
      dataType: 'CVE_RECORD',
      cveMetadata: { cveId: 'CVE-2024-0027', state: 'PUBLISHED' },
      containers: {
        cna: { title: 't', descriptions: [{ lang: 'en', value: 'd' }] },
        adp: [
          {
            providerMetadata: { shortName: 'CISA-ADP' },
            metrics: [{ cvssV3_1: { vectorString: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H' } }],
          },
        ],
      },
    }),
    expected: ['details CVE-2024-0027 t {"cisa":"HIGH"} 7.5'],
  },
  {
    feed: 'cve',
    name: 'a page of NVD',
    path: 'nvd.json',
    text: json({
      format: 'NVD_CVE',
      version: '2.0',
      vulnerabilities: [
        {
          cve: {
            id: 'CVE-2024-0028',
            vulnStatus: 'Analyzed',
            descriptions: [{ lang: 'en', value: 'd' }],
            metrics: {
              cvssMetricV31: [
                { type: 'Primary', cvssData: { vectorString: 'CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H' } },
              ],
            },
          },
        },
        { cve: { id: 'CVE-2024-0029', vulnStatus: 'Rejected' } },
      ],
    }),
    expected: ['details CVE-2024-0028 {"nvd":"HIGH"} 7.8'],
  },
]
