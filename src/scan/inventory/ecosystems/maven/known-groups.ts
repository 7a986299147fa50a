/**
 * Groups of well-known artifacts whose jars do not state them (built by Gradle, Ant or Ivy): by whole name, or by the beginning of it. From Maven Central.
 * A name must be that project's alone there: a wrong group is a wrong finding.
 */
const byName = new Map<string, string>([
  ['ant', 'org.apache.ant'],
  ['bcprov-jdk15on', 'org.bouncycastle'],
  ['bcprov-jdk18on', 'org.bouncycastle'],
  ['bcpkix-jdk15on', 'org.bouncycastle'],
  ['bcpkix-jdk18on', 'org.bouncycastle'],
  ['commons-collections', 'commons-collections'],
  ['commons-beanutils', 'commons-beanutils'],
  ['commons-fileupload', 'commons-fileupload'],
  ['commons-httpclient', 'commons-httpclient'],
  ['commons-io', 'commons-io'],
  ['groovy-all', 'org.codehaus.groovy'],
  ['guice', 'com.google.inject'],
  ['h2', 'com.h2database'],
  ['hibernate-validator', 'org.hibernate.validator'],
  ['kafka-clients', 'org.apache.kafka'],
  ['log4j', 'log4j'],
  ['mysql-connector-java', 'mysql'],
  ['mysql-connector-j', 'com.mysql'],
  ['okhttp', 'com.squareup.okhttp3'],
  ['okio', 'com.squareup.okio'],
  ['postgresql', 'org.postgresql'],
  ['reactor-core', 'io.projectreactor'],
  ['snakeyaml', 'org.yaml'],
  ['struts2-core', 'org.apache.struts'],
  ['tomcat-catalina', 'org.apache.tomcat'],
  ['tomcat-coyote', 'org.apache.tomcat'],
  ['xstream', 'com.thoughtworks.xstream'],
])

const byPrefix: [prefix: string, group: string][] = [
  ['elasticsearch-', 'org.elasticsearch'],
  ['guice-', 'com.google.inject.extensions'],
  ['kotlin-stdlib', 'org.jetbrains.kotlin'],
  ['lucene-', 'org.apache.lucene'],
  ['micrometer-', 'io.micrometer'],
  ['reactor-netty', 'io.projectreactor.netty'],
  ['rxjava-2', 'io.reactivex.rxjava2'],
  ['spring-boot', 'org.springframework.boot'],
  ['spring-cloud-', 'org.springframework.cloud'],
  ['spring-data-', 'org.springframework.data'],
  ['spring-security-', 'org.springframework.security'],
  ['tomcat-embed-', 'org.apache.tomcat.embed'],
]

/** Modules of the Spring Framework; other projects' names begin with `spring-` too. */
const springFramework =
  /^spring-(?:aop|aspects|beans|context(?:-indexer|-support)?|core|expression|instrument|jcl|jdbc|jms|messaging|orm|oxm|r2dbc|test|tx|web|webflux|webmvc(?:-portlet)?|websocket)$/

/** The group of a well-known artifact, `''` for others. Hibernate changed its group with version 6. */
export function groupOfArtifact(artifact: string, version: string): string {
  if (artifact === 'hibernate-core') return Number.parseInt(version, 10) >= 6 ? 'org.hibernate.orm' : 'org.hibernate'
  if (springFramework.test(artifact)) return 'org.springframework'
  return byName.get(artifact) ?? byPrefix.find(([prefix]) => artifact.startsWith(prefix))?.[1] ?? ''
}
