# Flowmail's image: built from the sources, in layers, not root, content with a read-only root file system.
# It works alone: the Temporal CLI is in it, whose server keeps its database in /data.

# what it builds is the same for every platform
FROM --platform=$BUILDPLATFORM eclipse-temurin:17-jdk-noble AS build
WORKDIR /source
# Maven and what it downloads are a layer of their own, which only another pom.xml makes anew: one class is enough for it
COPY mvnw pom.xml ./
COPY .mvn .mvn
COPY workflows/pom.xml workflows/
COPY templates/pom.xml templates/
COPY servers/pom.xml servers/
COPY activities/pom.xml activities/
COPY api/pom.xml api/
COPY simulator/pom.xml simulator/
COPY verification/pom.xml verification/
RUN mkdir -p api/src/main/java/dev/flowmail/api \
    && printf 'package dev.flowmail.api;\n\nfinal class Downloads {\n    private Downloads() {}\n\n    public static void main(String[] arguments) {}\n}\n' \
        >api/src/main/java/dev/flowmail/api/Downloads.java \
    && ./mvnw -B -ntp -pl api -am package -DskipTests -Dspotless.check.skip=true -Dexec.skip=true \
    && rm -r api/src ./*/target
COPY . .
RUN ./mvnw -B -ntp -pl api,simulator -am package -DskipTests -Dspotless.check.skip=true -Dexec.skip=true \
    && java -Djarmode=tools -jar api/target/flowmail.jar extract --layers --destination /layers

# the demo's stand-in for Flow: docker build --target simulator
FROM eclipse-temurin:17-jre-noble AS simulator
COPY --from=build /source/simulator/target/simulator.jar /simulator.jar
USER 10001:10001
ENTRYPOINT ["java", "-jar", "/simulator.jar"]

# The CLI that a new data directory gets. Those of earlier images stay beside it, each by its version: they serve the
# directories that they wrote.
FROM temporalio/temporal:1.9.1 AS temporal-1.9.1

FROM eclipse-temurin:17-jre-noble
RUN groupadd --gid 10001 flowmail \
    && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin flowmail \
    && install -d -o 10001 -g 10001 -m 0700 /data
COPY --from=temporal-1.9.1 /usr/local/bin/temporal /usr/local/bin/temporal-1.9.1
RUN ln -s temporal-1.9.1 /usr/local/bin/temporal
WORKDIR /flowmail
COPY deploy/health.sh /usr/local/bin/health
# what changes least comes first
COPY --from=build /layers/dependencies/ ./
COPY --from=build /layers/snapshot-dependencies/ ./
COPY --from=build /layers/application/ ./
# an archive of the classes that a start loads: no bean begins to work, nothing is dialled
RUN SERVER_PORT=0 FLOWMAIL_DATA_DIRECTORY=/tmp/archiving TEMPORAL_ADDRESS=127.0.0.1:1 \
    FLOWMAIL_KEYS_LINKS=none:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA= \
    FLOWMAIL_KEYS_PAYLOADS=none:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA= \
    java -XX:ArchiveClassesAtExit=flowmail.jsa -Xlog:cds=error -Dspring.context.exit=onRefresh -jar flowmail.jar \
    && rm -r /tmp/archiving
USER 10001:10001
ENV SERVER_ADDRESS=0.0.0.0 \
    FLOWMAIL_DATA_DIRECTORY=/data \
    JAVA_TOOL_OPTIONS="-XX:MaxRAMPercentage=75 -XX:+ExitOnOutOfMemoryError -XX:TieredStopAtLevel=1 -XX:ReservedCodeCacheSize=128m -XX:+UseSerialGC"
VOLUME /data
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=6s --start-period=120s --retries=3 CMD ["bash", "/usr/local/bin/health", "liveness"]
ENTRYPOINT ["java", "-XX:SharedArchiveFile=flowmail.jsa", "-jar", "flowmail.jar"]
