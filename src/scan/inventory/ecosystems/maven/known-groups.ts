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
  ['attoparser', 'org.attoparser'],
  ['checker-qual', 'org.checkerframework'],
  ['dagger', 'com.google.dagger'],
  ['elasticsearch', 'org.elasticsearch'],
  ['elasticsearch-java', 'co.elastic.clients'],
  ['elasticsearch-rest5-client', 'co.elastic.clients'],
  ['groovy-all', 'org.codehaus.groovy'],
  ['guice', 'com.google.inject'],
  ['h2', 'com.h2database'],
  ['hibernate-validator', 'org.hibernate.validator'],
  ['java-jwt', 'com.auth0'],
  ['javax.inject', 'javax.inject'],
  ['jna', 'net.java.dev.jna'],
  ['jna-platform', 'net.java.dev.jna'],
  ['jdom2', 'org.jdom'],
  ['json', 'org.json'],
  ['jsoup', 'org.jsoup'],
  ['jsr250-api', 'javax.annotation'],
  ['jsr305', 'com.google.code.findbugs'],
  ['junit-vintage-engine', 'org.junit.vintage'],
  ['kafka-clients', 'org.apache.kafka'],
  ['logging-interceptor', 'com.squareup.okhttp3'],
  ['moshi', 'com.squareup.moshi'],
  ['mysql-connector-java', 'mysql'],
  ['mysql-connector-j', 'com.mysql'],
  ['kotlin-reflect', 'org.jetbrains.kotlin'],
  ['okio', 'com.squareup.okio'],
  ['opensearch', 'org.opensearch'],
  ['picocli', 'info.picocli'],
  ['postgresql', 'org.postgresql'],
  ['protobuf-java', 'com.google.protobuf'],
  ['protobuf-java-util', 'com.google.protobuf'],
  ['protobuf-javalite', 'com.google.protobuf'],
  ['reactor-core', 'io.projectreactor'],
  ['retrofit', 'com.squareup.retrofit2'],
  ['snakeyaml', 'org.yaml'],
  ['struts2-core', 'org.apache.struts'],
  ['thymeleaf', 'org.thymeleaf'],
  ['tomcat-catalina', 'org.apache.tomcat'],
  ['tomcat-coyote', 'org.apache.tomcat'],
  ['unbescape', 'org.unbescape'],
  ['xpp3_min', 'xpp3'],
  ['xstream', 'com.thoughtworks.xstream'],
])

/** Groups named as their artifact, from the days before groups were domains. */
const sameName = new Set(
  'antlr aopalliance asm avalon-framework axis backport-util-concurrent bsh c3p0 cglib classworlds commons-beanutils commons-chain commons-cli commons-codec commons-collections commons-configuration commons-daemon commons-dbcp commons-digester commons-discovery commons-el commons-fileupload commons-httpclient commons-io commons-jexl commons-jxpath commons-lang commons-logging commons-net commons-pool commons-validator concurrent dom4j ehcache hsqldb itext javassist jaxen jfreechart joda-time jstl junit log4j logkit ognl oro regexp velocity xalan xml-apis xmlpull xom xpp3'.split(
    ' ',
  ),
)

const byPrefix: [prefix: string, group: string][] = [
  ['akka-', 'com.typesafe.akka'],
  ['elasticsearch-rest-', 'org.elasticsearch.client'],
  ['elasticsearch-', 'org.elasticsearch'],
  ['grpc-', 'io.grpc'],
  ['guice-', 'com.google.inject.extensions'],
  ['hamcrest-', 'org.hamcrest'],
  ['jackson-core-asl', 'org.codehaus.jackson'],
  ['jackson-mapper-asl', 'org.codehaus.jackson'],
  ['junit-jupiter', 'org.junit.jupiter'],
  ['junit-platform-', 'org.junit.platform'],
  ['kafka_2.', 'org.apache.kafka'],
  ['kafka-streams', 'org.apache.kafka'],
  ['kotlin-stdlib', 'org.jetbrains.kotlin'],
  ['kotlinx-', 'org.jetbrains.kotlinx'],
  ['lucene-', 'org.apache.lucene'],
  ['micrometer-', 'io.micrometer'],
  ['mockito-', 'org.mockito'],
  ['opentelemetry-api', 'io.opentelemetry'],
  ['opentelemetry-context', 'io.opentelemetry'],
  ['opentelemetry-exporter-', 'io.opentelemetry'],
  ['opentelemetry-sdk', 'io.opentelemetry'],
  ['org.osgi.', 'org.osgi'],
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

/** Artifacts whose group changed with a version: the group before it, and from it on. */
const moved = new Map<string, [before: string, major: number, minor: number, after: string]>([
  ['hibernate-core', ['org.hibernate', 6, 0, 'org.hibernate.orm']],
  ['okhttp', ['com.squareup.okhttp', 3, 0, 'com.squareup.okhttp3']],
  ['velocity', ['velocity', 1, 5, 'org.apache.velocity']],
  ['hsqldb', ['hsqldb', 1, 9, 'org.hsqldb']],
  ['ehcache', ['net.sf.ehcache', 3, 0, 'org.ehcache']],
  ['javassist', ['javassist', 3, 13, 'org.javassist']],
  ['asm', ['asm', 4, 0, 'org.ow2.asm']],
  ['jdom', ['jdom', 1, 1, 'org.jdom']],
  ['dom4j', ['dom4j', 2, 0, 'org.dom4j']],
])

/** The group of a well-known artifact, `''` for others. */
export function groupOfArtifact(artifact: string, version: string): string {
  const [before, major = 0, minor = 0, after] = moved.get(artifact) ?? []
  if (before !== undefined && after !== undefined) {
    const [own = 0, next = 0] = version.split(/[.-]/).map(part => Number.parseInt(part, 10) || 0)
    return own > major || (own === major && next >= minor) ? after : before
  }
  if (springFramework.test(artifact)) return 'org.springframework'
  if (sameName.has(artifact)) return artifact
  return byName.get(artifact) ?? byPrefix.find(([prefix]) => artifact.startsWith(prefix))?.[1] ?? ''
}
