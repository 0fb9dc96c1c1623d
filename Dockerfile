# Flowmail's image: built from the sources, in layers, not root, content with a read-only root file system.
FROM eclipse-temurin:17-jdk-noble AS build
WORKDIR /source
COPY . .
RUN ./mvnw -B -ntp -pl api -am package -DskipTests -Dspotless.check.skip=true -Dexec.skip=true \
    && java -Djarmode=tools -jar api/target/flowmail.jar extract --layers --destination /layers

FROM eclipse-temurin:17-jre-noble
RUN groupadd --gid 10001 flowmail \
    && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin flowmail \
    && install -d -o 10001 -g 10001 -m 0700 /data
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
    JAVA_TOOL_OPTIONS="-XX:MaxRAMPercentage=75 -XX:+ExitOnOutOfMemoryError"
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=6s --start-period=120s --retries=3 CMD ["bash", "/usr/local/bin/health", "liveness"]
ENTRYPOINT ["java", "-XX:SharedArchiveFile=flowmail.jsa", "-jar", "flowmail.jar"]
