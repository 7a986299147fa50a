/** An operating system as its own release files state it. */
export interface Distro {
  /** Trivy's family names: debian ubuntu alpine wolfi chainguard redhat centos alma rocky oracle amazon fedora suse-linux-enterprise-server opensuse-leap … */
  family: string
  /** Version as the field writes it: `12.5` (Debian: /etc/debian_version), `22.04`, `3.19.1`, `9.3`, `2 (Karoo)`, `2023`. */
  version: string
  /** `ID`, `VERSION_ID`, `VERSION_CODENAME`, `ID_LIKE`, `CPE_NAME` … of os-release, as they stand there. */
  release: Record<string, string>
  /** Alpine: the version of the repositories in /etc/apk/repositories when it differs from os-release's (`3.10`, `edge`). */
  repositoryVersion?: string
  /** Red Hat: content sets and CPEs found in the image (root/buildinfo). */
  contentSets?: string[]
  cpes?: string[]
  /** Ubuntu: extended maintenance is attached. */
  esm?: boolean
}
