/**
 * Groups of well-known artifacts whose jars do not state them (built by Gradle, Ant or Ivy): by whole name, or by the beginning of it. From Maven Central.
 * A name must be that project's alone there: a wrong group is a wrong finding.
 */
const byName = new Map<string, string>([
  ['ant', 'org.apache.ant'],
  ['antlr4-runtime', 'org.antlr'],
  ['attoparser', 'org.attoparser'],
  ['bc-fips', 'org.bouncycastle'],
  ['bcel', 'org.apache.bcel'],
  ['caffeine', 'com.github.ben-manes.caffeine'],
  ['cassandra-all', 'org.apache.cassandra'],
  ['checker-qual', 'org.checkerframework'],
  ['commons-beanutils-core', 'commons-beanutils'],
  ['dagger', 'com.google.dagger'],
  ['derby', 'org.apache.derby'],
  ['derbyclient', 'org.apache.derby'],
  ['derbynet', 'org.apache.derby'],
  ['derbyshared', 'org.apache.derby'],
  ['derbytools', 'org.apache.derby'],
  ['elasticsearch', 'org.elasticsearch'],
  ['elasticsearch-java', 'co.elastic.clients'],
  ['elasticsearch-rest5-client', 'co.elastic.clients'],
  ['fop', 'org.apache.xmlgraphics'],
  ['freemarker', 'org.freemarker'],
  ['graphql-java', 'com.graphql-java'],
  ['groovy-all', 'org.codehaus.groovy'],
  ['guice', 'com.google.inject'],
  ['h2', 'com.h2database'],
  ['hibernate-validator', 'org.hibernate.validator'],
  ['ivy', 'org.apache.ivy'],
  ['java-dataloader', 'com.graphql-java'],
  ['java-jwt', 'com.auth0'],
  ['javax.inject', 'javax.inject'],
  ['jdom2', 'org.jdom'],
  ['jgroups', 'org.jgroups'],
  ['jna', 'net.java.dev.jna'],
  ['jna-platform', 'net.java.dev.jna'],
  ['jruby', 'org.jruby'],
  ['jruby-complete', 'org.jruby'],
  ['jruby-core', 'org.jruby'],
  ['json', 'org.json'],
  ['json-path', 'com.jayway.jsonpath'],
  ['jsoup', 'org.jsoup'],
  ['jsp-api', 'javax.servlet.jsp'],
  ['jsr250-api', 'javax.annotation'],
  ['jsr305', 'com.google.code.findbugs'],
  ['junit-vintage-engine', 'org.junit.vintage'],
  ['junrar', 'com.github.junrar'],
  ['jwks-rsa', 'com.auth0'],
  ['jython', 'org.python'],
  ['jython-standalone', 'org.python'],
  ['kotlin-reflect', 'org.jetbrains.kotlin'],
  ['libthrift', 'org.apache.thrift'],
  ['logging-interceptor', 'com.squareup.okhttp3'],
  ['lombok', 'org.projectlombok'],
  ['lz4-java', 'org.lz4'],
  ['mail', 'javax.mail'],
  ['minio', 'io.minio'],
  ['moshi', 'com.squareup.moshi'],
  ['mssql-jdbc', 'com.microsoft.sqlserver'],
  ['mysql-connector-j', 'com.mysql'],
  ['mysql-connector-java', 'mysql'],
  ['nekohtml', 'net.sourceforge.nekohtml'],
  ['ojdbc11', 'com.oracle.database.jdbc'],
  ['ojdbc8', 'com.oracle.database.jdbc'],
  ['okhttp-dnsoverhttps', 'com.squareup.okhttp3'],
  ['okhttp-jvm', 'com.squareup.okhttp3'],
  ['okhttp-sse', 'com.squareup.okhttp3'],
  ['okhttp-tls', 'com.squareup.okhttp3'],
  ['okhttp-urlconnection', 'com.squareup.okhttp3'],
  ['okio', 'com.squareup.okio'],
  ['okio-jvm', 'com.squareup.okio'],
  ['opensearch', 'org.opensearch'],
  ['opensearch-common', 'org.opensearch'],
  ['opensearch-core', 'org.opensearch'],
  ['opensearch-java', 'org.opensearch.client'],
  ['opensearch-rest-client', 'org.opensearch.client'],
  ['picocli', 'info.picocli'],
  ['picocli-codegen', 'info.picocli'],
  ['poi', 'org.apache.poi'],
  ['postgresql', 'org.postgresql'],
  ['protobuf-java', 'com.google.protobuf'],
  ['protobuf-java-util', 'com.google.protobuf'],
  ['protobuf-javalite', 'com.google.protobuf'],
  ['quartz', 'org.quartz-scheduler'],
  ['quartz-jobs', 'org.quartz-scheduler'],
  ['reactor-core', 'io.projectreactor'],
  ['redshift-jdbc42', 'com.amazon.redshift'],
  ['retrofit', 'com.squareup.retrofit2'],
  ['rhino', 'org.mozilla'],
  ['RoaringBitmap', 'org.roaringbitmap'],
  ['rocksdbjni', 'org.rocksdb'],
  ['rsocket-core', 'io.rsocket'],
  ['scala-compiler', 'org.scala-lang'],
  ['scala-library', 'org.scala-lang'],
  ['scala-reflect', 'org.scala-lang'],
  ['scala3-library_3', 'org.scala-lang'],
  ['servlet-api', 'javax.servlet'],
  ['skiko-awt', 'org.jetbrains.skiko'],
  ['snakeyaml', 'org.yaml'],
  ['snappy-java', 'org.xerial.snappy'],
  ['spotbugs', 'com.github.spotbugs'],
  ['spotbugs-annotations', 'com.github.spotbugs'],
  ['struts2-core', 'org.apache.struts'],
  ['thymeleaf', 'org.thymeleaf'],
  ['unbescape', 'org.unbescape'],
  ['unboundid-ldapsdk', 'com.unboundid'],
  ['wstx-asl', 'org.codehaus.woodstox'],
  ['xercesImpl', 'xerces'],
  ['xmlbeans', 'org.apache.xmlbeans'],
  ['xmlgraphics-commons', 'org.apache.xmlgraphics'],
  ['xmlParserAPIs', 'xerces'],
  ['xpp3_min', 'xpp3'],
  ['xstream', 'com.thoughtworks.xstream'],
  ['zookeeper', 'org.apache.zookeeper'],
  ['zstd-jni', 'com.github.luben'],
])

/** Groups named as their artifact, from the days before groups were domains. */
const sameName = new Set(
  'antlr aopalliance asm avalon-framework axis backport-util-concurrent bsh c3p0 cglib classworlds commons-beanutils commons-chain commons-cli commons-codec commons-collections commons-configuration commons-daemon commons-dbcp commons-digester commons-discovery commons-el commons-fileupload commons-httpclient commons-io commons-jexl commons-jxpath commons-lang commons-logging commons-net commons-pool commons-validator concurrent dom4j ehcache hsqldb itext javassist jaxen jfreechart joda-time jstl junit log4j logkit ognl oro regexp velocity xalan xml-apis xmlpull xom xpp3'.split(
    ' ',
  ),
)

/** The longest that fits counts. */
const byPrefix: [prefix: string, group: string][] = [
  ['akka-', 'com.typesafe.akka'],
  ['ant-', 'org.apache.ant'],
  ['archunit', 'com.tngtech.archunit'],
  ['calcite-', 'org.apache.calcite'],
  ['elasticsearch-', 'org.elasticsearch'],
  ['elasticsearch-rest-', 'org.elasticsearch.client'],
  ['geode-', 'org.apache.geode'],
  ['grpc-', 'io.grpc'],
  ['guice-', 'com.google.inject.extensions'],
  ['hamcrest-', 'org.hamcrest'],
  ['iceberg-', 'org.apache.iceberg'],
  ['jackson-core-asl', 'org.codehaus.jackson'],
  ['jackson-mapper-asl', 'org.codehaus.jackson'],
  ['junit-jupiter', 'org.junit.jupiter'],
  ['junit-platform-', 'org.junit.platform'],
  ['kafka-streams', 'org.apache.kafka'],
  ['kafka_2.', 'org.apache.kafka'],
  ['kotlin-compiler', 'org.jetbrains.kotlin'],
  ['kotlin-stdlib', 'org.jetbrains.kotlin'],
  ['kotlinx-', 'org.jetbrains.kotlinx'],
  ['ktor-', 'io.ktor'],
  ['lucene-', 'org.apache.lucene'],
  ['micrometer-', 'io.micrometer'],
  ['mockito-', 'org.mockito'],
  ['opentelemetry-api', 'io.opentelemetry'],
  ['opentelemetry-context', 'io.opentelemetry'],
  ['opentelemetry-exporter-', 'io.opentelemetry'],
  ['opentelemetry-sdk', 'io.opentelemetry'],
  ['org.eclipse.core.', 'org.eclipse.platform'],
  ['org.eclipse.emf.', 'org.eclipse.emf'],
  ['org.eclipse.equinox.', 'org.eclipse.platform'],
  ['org.eclipse.jdt.', 'org.eclipse.jdt'],
  ['org.eclipse.jgit', 'org.eclipse.jgit'],
  ['org.eclipse.lsp4j', 'org.eclipse.lsp4j'],
  ['org.eclipse.osgi', 'org.eclipse.platform'],
  ['org.eclipse.sisu.', 'org.eclipse.sisu'],
  ['org.eclipse.text', 'org.eclipse.platform'],
  ['org.eclipse.xtext', 'org.eclipse.xtext'],
  ['org.osgi.', 'org.osgi'],
  ['pekko-', 'org.apache.pekko'],
  ['poi-', 'org.apache.poi'],
  ['reactor-netty', 'io.projectreactor.netty'],
  ['rxjava-2', 'io.reactivex.rxjava2'],
  ['rxjava-3', 'io.reactivex.rxjava3'],
  ['selenium-', 'org.seleniumhq.selenium'],
  ['solr-', 'org.apache.solr'],
  ['spring-amqp', 'org.springframework.amqp'],
  ['spring-batch-', 'org.springframework.batch'],
  ['spring-boot', 'org.springframework.boot'],
  ['spring-cloud-', 'org.springframework.cloud'],
  ['spring-data-', 'org.springframework.data'],
  ['spring-graphql', 'org.springframework.graphql'],
  ['spring-integration-', 'org.springframework.integration'],
  ['spring-kafka', 'org.springframework.kafka'],
  ['spring-ldap-', 'org.springframework.ldap'],
  ['spring-rabbit', 'org.springframework.amqp'],
  ['spring-restdocs-', 'org.springframework.restdocs'],
  ['spring-security-', 'org.springframework.security'],
  ['spring-session-', 'org.springframework.session'],
  ['spring-vault-core', 'org.springframework.vault'],
  ['spring-webflow', 'org.springframework.webflow'],
  ['spring-ws-', 'org.springframework.ws'],
  ['thymeleaf-extras-', 'org.thymeleaf.extras'],
  ['thymeleaf-spring', 'org.thymeleaf'],
  ['tomcat-', 'org.apache.tomcat'],
  ['tomcat-embed-', 'org.apache.tomcat.embed'],
]

/** Modules that went where the one they belong to went. */
function movedWith(artifact: string): string {
  if (hibernateOrm.test(artifact)) return 'hibernate-core'
  if (artifact.startsWith('batik-')) return 'batik'
  return groovyModule.test(artifact) ? 'groovy' : artifact
}

const groovyModule =
  /^groovy-(?:ant|astbuilder|cli-commons|cli-picocli|console|contracts|datetime|dateutil|docgenerator|ginq|groovydoc|groovysh|jmx|json|jsr223|macro|macro-library|nio|servlet|sql|swing|templates|test|test-junit5|testng|toml|typecheckers|xml|yaml)$/

/** Modules of the Spring Framework; other projects' names begin with `spring-` too. */
const springFramework =
  /^spring-(?:aop|aspects|beans|context(?:-indexer|-support)?|core|expression|instrument|jcl|jdbc|jms|messaging|orm|oxm|r2dbc|test|tx|web|webflux|webmvc(?:-portlet)?|websocket)$/

/** Kafka's own; other makers' names begin with `kafka-` and `connect-` too. */
const kafka =
  /^(?:connect-(?:api|basic-auth-extension|file|json|mirror|mirror-client|runtime|transforms)|kafka-(?:clients|coordinator-common|group-coordinator|log4j-appender|metadata|raft|server|server-common|shell|storage|storage-api|tools))$/
const bouncyCastle =
  /^bc(?:jmail|mail|mls|pg|pkix|prov|prov-ext|tls|tsp|util)-(?:jdk1[4-8](?:on|to18)?|fips|debug-jdk1\d(?:on|to18)?)$/

/** Artifacts whose group changed with a version: the group before it, and from it on. */
const moved = new Map<string, [before: string, major: number, minor: number, after: string]>([
  ['batik', ['batik', 1, 7, 'org.apache.xmlgraphics']],
  ['hibernate-core', ['org.hibernate', 6, 0, 'org.hibernate.orm']],
  ['okhttp', ['com.squareup.okhttp', 3, 0, 'com.squareup.okhttp3']],
  ['velocity', ['velocity', 1, 5, 'org.apache.velocity']],
  ['hsqldb', ['hsqldb', 1, 9, 'org.hsqldb']],
  ['ehcache', ['net.sf.ehcache', 3, 0, 'org.ehcache']],
  ['javassist', ['javassist', 3, 13, 'org.javassist']],
  ['asm', ['asm', 4, 0, 'org.ow2.asm']],
  ['jdom', ['jdom', 1, 1, 'org.jdom']],
  ['dom4j', ['dom4j', 2, 0, 'org.dom4j']],
  ['wiremock', ['com.github.tomakehurst', 3, 0, 'org.wiremock']],
  ['groovy', ['org.codehaus.groovy', 4, 0, 'org.apache.groovy']],
  ['rxjava', ['io.reactivex', 3, 0, 'io.reactivex.rxjava3']],
])

/** Modules of Hibernate's object-relational mapper, which went with its core. */
const hibernateOrm =
  /^hibernate-(?:agroal|c3p0|community-dialects|core|envers|graalvm|hikaricp|jcache|jpamodelgen|micrometer|processor|proxool|spatial|testing|vector|vibur)$/

/** The group of a well-known artifact, `''` for others. */
export function groupOfArtifact(artifact: string, version: string): string {
  const moves = moved.get(movedWith(artifact))
  const [before, major = 0, minor = 0, after] = moves ?? []
  if (before !== undefined && after !== undefined) {
    const [own = 0, next = 0] = version.split(/[.-]/).map(part => Number.parseInt(part, 10) || 0)
    return own > major || (own === major && next >= minor) ? after : before
  }
  if (springFramework.test(artifact)) return 'org.springframework'
  if (sameName.has(artifact)) return artifact
  if (kafka.test(artifact)) return 'org.apache.kafka'
  if (bouncyCastle.test(artifact)) return 'org.bouncycastle'
  const prefixes = byPrefix.filter(([prefix]) => artifact.startsWith(prefix))
  return (
    byName.get(artifact) ?? prefixes.reduce((best, one) => (one[0].length > best[0].length ? one : best), ['', ''])[1]
  )
}
