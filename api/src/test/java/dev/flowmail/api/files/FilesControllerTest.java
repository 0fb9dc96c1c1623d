package dev.flowmail.api.files;

import static dev.flowmail.api.files.FilesServer.BOUNDARY;
import static dev.flowmail.api.files.FilesServer.body;
import static dev.flowmail.api.files.FilesServer.filePart;
import static dev.flowmail.api.files.FilesServer.part;
import static dev.flowmail.api.files.FilesServer.requestPart;
import static dev.flowmail.api.files.FilesServer.wire;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.flowmail.activities.attachments.Limits;
import dev.flowmail.activities.attachments.Tenants;
import dev.flowmail.activities.flow.FlowJson;
import dev.flowmail.activities.flow.Who;
import dev.flowmail.api.files.FilesServer.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.apache.catalina.LifecycleException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.scheduling.config.FixedDelayTask;
import org.springframework.scheduling.config.ScheduledTaskHolder;
import tools.jackson.databind.JsonNode;

class FilesControllerTest {

    private static final int MEGABYTE = 1024 * 1024;
    private static final String EMPTY_LIST =
            "{\"culture\": null, \"objectData\": [], \"hasMoreResults\": false, \"offsetToken\": null}";

    @TempDir
    private static Path data;

    private static FilesServer server;

    @BeforeAll
    static void start() throws LifecycleException, IOException {
        server = new FilesServer(data, MEGABYTE);
    }

    @AfterAll
    static void stop() throws LifecycleException {
        server.close();
    }

    @BeforeEach
    void clear() throws IOException {
        for (Path file : server.files()) {
            Files.delete(file);
        }
        Files.deleteIfExists(data.resolve("uploads"));
    }

    @Test
    void anUploadIsAnsweredWithItsFileObject() throws Exception {
        Answer answer = server.upload(requestPart(), filePart("Angebot.csv", "a,b\r\n1,2\r\n"));

        assertThat(answer.status()).isEqualTo(200);
        JsonNode file = answer.body().path("objectData").path(0);
        String id = file.path("externalId").stringValue();
        String uploaded = property(file, "Date Created").path("contentValue").stringValue();
        assertThat(Duration.between(Instant.parse(uploaded), Instant.now()))
                .isBetween(Duration.ZERO, Duration.ofMinutes(5));
        String expected = """
            {"culture": null, "hasMoreResults": false, "offsetToken": null, "objectData": [{
              "internalId": null, "externalId": "%1$s", "developerName": "$File", "typeElementId": null, "order": 0,
              "typeElementBindingDeveloperName": null, "isSelected": false, "properties": [
                {"typeElementPropertyId": null, "developerName": "Id", "contentType": "ContentString", "contentValue": "%1$s", "contentFormat": null, "objectData": null},
                {"typeElementPropertyId": null, "developerName": "Name", "contentType": "ContentString", "contentValue": "Angebot.csv", "contentFormat": null, "objectData": null},
                {"typeElementPropertyId": null, "developerName": "Mime Type", "contentType": "ContentString", "contentValue": "text/csv", "contentFormat": null, "objectData": null},
                {"typeElementPropertyId": null, "developerName": "Kind", "contentType": "ContentString", "contentValue": "file", "contentFormat": null, "objectData": null},
                {"typeElementPropertyId": null, "developerName": "Description", "contentType": "ContentString", "contentValue": null, "contentFormat": null, "objectData": null},
                {"typeElementPropertyId": null, "developerName": "Download Uri", "contentType": "ContentString", "contentValue": null, "contentFormat": null, "objectData": null},
                {"typeElementPropertyId": null, "developerName": "Embed Uri", "contentType": "ContentString", "contentValue": null, "contentFormat": null, "objectData": null},
                {"typeElementPropertyId": null, "developerName": "Icon Uri", "contentType": "ContentString", "contentValue": null, "contentFormat": null, "objectData": null},
                {"typeElementPropertyId": null, "developerName": "Date Created", "contentType": "ContentDateTime", "contentValue": "%2$s", "contentFormat": null, "objectData": null},
                {"typeElementPropertyId": null, "developerName": "Date Modified", "contentType": "ContentDateTime", "contentValue": "%2$s", "contentFormat": null, "objectData": null}
              ]}]}\
            """.formatted(id, uploaded);
        assertThat(answer.body()).isEqualTo(FlowJson.mapper().readTree(expected));
        assertThat(stored(answer)).isEqualTo("a,b\r\n1,2\r\n");
    }

    @Test
    void theFileMayStandBeforeTheRequest() throws Exception {
        Answer answer = server.upload(filePart("a.txt", "content"), requestPart());

        assertThat(stored(answer)).isEqualTo("content");
    }

    @Test
    void partsWithoutAFieldNameAreReadToo() throws Exception {
        Answer answer = server.upload(
                part("Content-Type: application/json", "{}"),
                part("Content-Disposition: form-data; filename=a.txt", "content"));

        assertThat(name(answer)).isEqualTo("a.txt");
        assertThat(stored(answer)).isEqualTo("content");
    }

    @Test
    void otherFieldsArePassedOver() throws Exception {
        String field = part("Content-Disposition: form-data; name=\"comment\"", "words");

        assertThat(stored(server.upload(field, filePart("a.txt", "content"), field, requestPart(), field)))
                .isEqualTo("content");
        assertThat(server.files()).hasSize(1);
    }

    @Test
    void aJsonFileIsToldFromTheRequest() throws Exception {
        String jsonFile = part(
                "Content-Disposition: form-data; name=f; filename=data.json\r\nContent-Type: application/json",
                "[1, 2]");
        String namedRequest =
                part("Content-Disposition: form-data; name=r; filename=blob\r\nContent-Type: application/json", "{}");

        assertThat(stored(server.upload(requestPart(), jsonFile))).isEqualTo("[1, 2]");
        assertThat(stored(server.upload(jsonFile, requestPart()))).isEqualTo("[1, 2]");
        assertThat(stored(server.upload(namedRequest, jsonFile))).isEqualTo("[1, 2]");
        assertThat(stored(server.upload(namedRequest, filePart("a.txt", "content"))))
                .isEqualTo("content");
        assertThat(stored(server.upload(filePart("a.txt", "content"), namedRequest)))
                .isEqualTo("content");
        assertThat(server.files()).hasSize(5);
        assertThat(server.upload(namedRequest).status()).isEqualTo(400);
        assertThat(server.files()).hasSize(5);
    }

    @Test
    void anUploadWithoutAFileIs400() throws Exception {
        String unchosen = part(
                "Content-Disposition: form-data; name=\"file\"; filename=\"\"\r\n"
                        + "Content-Type: application/octet-stream",
                "");

        for (byte[] body : new byte[][] {body(requestPart()), body(requestPart(), unchosen), body()}) {
            Answer answer = server.uploadBody(body);
            assertThat(answer.status()).isEqualTo(400);
            assertThat(message(answer)).contains("no file");
        }
        assertThat(server.files()).isEmpty();
    }

    @Test
    void severalFilesOfOneUploadAreAllStoredAndAnsweredInTheirOrder() throws Exception {
        Answer answer = server.upload(
                flowFile("b.txt", "text/plain", "second letter"),
                flowRequest(""),
                flowFile("a.txt", "text/plain", "first letter"),
                flowFile("a.txt", "text/plain", "the same name again"));

        assertThat(names(answer)).containsExactly("b.txt", "a.txt", "a.txt");
        assertThat(stored(answer, 0)).isEqualTo("second letter");
        assertThat(stored(answer, 1)).isEqualTo("first letter");
        assertThat(stored(answer, 2)).isEqualTo("the same name again");
        assertThat(server.files()).hasSize(3);
    }

    @Test
    void flowsFieldNamesTellFilesFromItsRequest() throws Exception {
        String json = flowFile("data.json", "application/json", "[1, 2]");
        String namedRequest = flowRequest("; filename=\"blob\"");

        assertThat(names(server.upload(json))).containsExactly("data.json");
        assertThat(names(server.upload(json, json, namedRequest))).containsExactly("data.json", "data.json");
        assertThat(names(server.upload(namedRequest, json, filePart("a.txt", "content"))))
                .containsExactly("data.json", "a.txt");
        assertThat(names(server.upload(flowRequest(""), json))).containsExactly("data.json");
        assertThat(server.files()).hasSize(6);
    }

    @Test
    void whereOneOfSeveralFilesIsRefusedNoneStays() throws Exception {
        String file = flowFile("a.txt", "text/plain", "content");

        assertThat(server.upload(flowRequest(""), file, flowFile("b.bin", "text/plain", "x".repeat(MEGABYTE + 1)))
                        .status())
                .isEqualTo(413);
        String broken = part("Content-Disposition: form-data; name=\"FileDataRequest\"", "no json");
        Answer answer = server.upload(file, file, broken);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(message(answer)).contains("FileDataRequest");
        assertThat(server.files()).isEmpty();
    }

    @Test
    void moreFilesThanAMailMayHaveAre400() throws Exception {
        String[] files = new String[51];
        Arrays.fill(files, flowFile("a.txt", "text/plain", "content"));

        Answer answer = server.upload(files);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(message(answer)).contains("50 files");
        assertThat(server.files()).isEmpty();
        assertThat(names(server.upload(Arrays.copyOf(files, 50)))).hasSize(50);
    }

    @Test
    void theFilesOfOneUploadHoldNoMoreTogetherThanAMailMay(@TempDir Path largeData) throws Exception {
        try (FilesServer large = new FilesServer(largeData, 100L * MEGABYTE)) {
            String file = flowFile("large.bin", "text/plain", "x".repeat(51 * MEGABYTE));

            Answer answer = large.upload(file, file, file);

            assertThat(answer.status()).isEqualTo(413);
            assertThat(message(answer)).contains("150 MB together");
            assertThat(large.files()).isEmpty();
        }
    }

    @Test
    void anotherContentTypeIs415() throws Exception {
        assertThat(server.post("/content", "application/json", body(requestPart()))
                        .status())
                .isEqualTo(415);
        assertThat(server.post("/content", "text/plain", body(requestPart())).status())
                .isEqualTo(415);
        assertThat(server.post("", "text/plain", "{}".getBytes(UTF_8)).status()).isEqualTo(415);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[]", "no json", "", "{\"resourceFile\": {}}"})
    void aBrokenRequestIs400AndTheFileDoesNotStay(String json) throws Exception {
        String broken = part("Content-Disposition: form-data; name=r\r\nContent-Type: application/json", json);

        Answer answer = server.upload(filePart("a.txt", "content"), broken);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(message(answer)).contains("application/json");
        assertThat(server.files()).isEmpty();
    }

    @Test
    void aFileAboveTheLimitIs413AndNamesItAndTheLimit() throws Exception {
        assertThat(server.upload(requestPart(), filePart("fits.bin", "x".repeat(MEGABYTE)))
                        .status())
                .isEqualTo(200);

        Answer answer = server.upload(requestPart(), filePart("../grande\u202E é.bin", "x".repeat(MEGABYTE + 1)));

        assertThat(answer.status()).isEqualTo(413);
        assertThat(message(answer)).contains("grande é.bin", "1 MB").doesNotContain("../");
        assertThat(server.files()).hasSize(1);
    }

    @Test
    void aLongNameLeavesRoomForTheLimitInTheMessage() throws Exception {
        Answer answer = server.upload(requestPart(), filePart("長".repeat(2000) + ".bin", "x".repeat(MEGABYTE + 1)));

        assertThat(message(answer)).hasSizeLessThanOrEqualTo(500).contains("長.bin", "1 MB");
    }

    @Test
    void anAnnouncedSizeFarAboveTheLimitIs413BeforeTheBytesArrive() throws Exception {
        try (Socket socket = server.connect()) {
            OutputStream out = socket.getOutputStream();
            out.write(head("Content-Length: 900000000000"));
            out.write(("--" + BOUNDARY + "\r\n" + filePart("film.mp4", "x".repeat(10_000))).getBytes(ISO_8859_1));
            out.flush();

            String answer = readUntil(socket.getInputStream(), "}");
            assertThat(answer).startsWith("HTTP/1.1 413").contains("film.mp4", "1 MB");
        }
        assertThat(server.files()).isEmpty();
    }

    @Test
    void anythingElseThatIsFarTooLargeIs413() throws Exception {
        String comment = part("Content-Disposition: form-data; name=\"comment\"", "x".repeat(12 * MEGABYTE));
        String request = part("Content-Type: application/json", " ".repeat(10 * MEGABYTE + 1));

        assertThat(server.upload(comment, filePart("a.txt", "content")).status())
                .isEqualTo(413);
        assertThat(server.upload(filePart("a.txt", "content"), request).status())
                .isEqualTo(413);
        assertThat(server.files()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "filename=\"Jahresbericht – größer.pdf\" | Jahresbericht – größer.pdf",
                "filename=plain.pdf | plain.pdf",
                "FileName=\"case.pdf\" | case.pdf",
                "filename=\"semi;colon, comma.pdf\" | semi;colon, comma.pdf",
                "filename=\"say \\\"hi\\\".pdf\" | say \"hi\".pdf",
                "filename*=UTF-8''%E5%A0%B1%E5%91%8A.pdf | 報告.pdf",
                "filename=\"ascii.pdf\"; filename*=UTF-8''%e2%82%ac%20rates.pdf | € rates.pdf",
                "filename*=utf-8'de'%e2%82%ac.pdf; filename=\"ascii.pdf\" | €.pdf",
                "filename*=iso-8859-1''gr%F6%DFe.pdf | größe.pdf",
                "filename=\"=?utf-8?B?w6kucGRm?=\" | é.pdf",
                "filename=\"../../etc/passwd\" | passwd",
                "filename=\"C:\\Users\\me\\offer.pdf\" | offer.pdf",
                "filename*=UTF-8''..%2F..%2Fetc%2Fshadow%00%0D%0ABcc%3A%20x | shadowBcc: x",
                "filename=\"..\" | file",
                "filename=\"\u202Egpj.exe\" | gpj.exe",
            })
    void aFileNameIsUnderstoodAndMadeHarmless(String parameter, String name) throws Exception {
        Answer answer = server.upload(
                requestPart(), part("Content-Disposition: form-data; name=\"file\"; " + wire(parameter), "content"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(name(answer)).isEqualTo(name);
        assertThat(stored(answer)).isEqualTo("content");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\r\n",
                "\r",
                "\n",
                "-",
                "--",
                "\r\n--",
                "\r\n------FlowBoundary",
                "\r\n------FlowBoundary7MA4YWxkTrZu0\r\n",
                "\n--" + BOUNDARY + "\n",
                "--" + BOUNDARY + "--",
                "x\r\n\r\n-\r\n--\r\n---\r\n----\r\n",
                "\0\1\2\u00ff\u00fe"
            })
    void contentThatLooksLikeABoundaryStaysWhole(String content) throws Exception {
        for (int padding : new int[] {0, 3900, 4050, 4096, 65_530}) {
            String padded = "x".repeat(padding) + content;
            assertThat(stored(server.upload(requestPart(), filePart("a.bin", padded))))
                    .isEqualTo(padded);
            assertThat(stored(server.upload(filePart("a.bin", padded + content), requestPart())))
                    .isEqualTo(padded + content);
        }
    }

    @Test
    void aBoundaryMayBeQuotedAndLongAndBodyTextMayStandAroundTheParts() throws Exception {
        String boundary = "a b:c=d?" + "0".repeat(61) + "z";
        String body = "before\r\n--" + boundary + "\r\n" + filePart("a.txt", "content") + "--" + boundary + "\r\n"
                + requestPart() + "--" + boundary + "--\r\nafter";

        Answer answer = server.post(
                "/content", "multipart/form-data; boundary=\"" + boundary + "\"", body.getBytes(ISO_8859_1));

        assertThat(stored(answer)).isEqualTo("content");
    }

    @Test
    void aBodyThatIsNoMultipartIs400() throws Exception {
        assertThat(server.post("/content", "multipart/form-data", body(requestPart()))
                        .status())
                .isEqualTo(400);
        assertThat(server.post("/content", "multipart/form-data; boundary=other", body(filePart("a", "b")))
                        .status())
                .isEqualTo(400);
        assertThat(server.uploadBody(new byte[0]).status()).isEqualTo(400);
        assertThat(server.uploadBody("{}".getBytes(UTF_8)).status()).isEqualTo(400);
        String[] parts = new String[30];
        Arrays.fill(parts, part("Content-Disposition: form-data; name=\"comment\"", "words"));
        assertThat(server.upload(parts).status()).isEqualTo(400);
        assertThat(server.files()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "; boundary=inner", "; boundary="})
    void aNestedMultipartIs400(String boundary) throws Exception {
        String headers = "Content-Disposition: form-data; name=\"files\"\r\nContent-Type: multipart/mixed" + boundary;
        String inner = "--inner\r\nContent-Disposition: attachment; filename=\"a.txt\"\r\n\r\ncontent\r\n--inner--";

        assertThat(server.upload(requestPart(), part(headers, inner)).status()).isEqualTo(400);
        assertThat(server.files()).isEmpty();
    }

    @Test
    void aBodyThatEndsTooEarlyIs400AndNothingStays() throws Exception {
        byte[] whole = body(filePart("a.txt", "content".repeat(20)), requestPart());
        int closing = BOUNDARY.length() + 6;

        for (int length = 0; length < whole.length - closing; length += 5) {
            assertThat(server.uploadBody(Arrays.copyOf(whole, length)).status())
                    .as("cut at %d", length)
                    .isEqualTo(400);
        }
        assertThat(server.files()).isEmpty();
    }

    @Test
    void noMangledBodyEndsInAFailureOfOurs() throws Exception {
        Random random = new Random(42);
        byte[] whole = body(filePart("a.txt", "content\r\n--x"), requestPart());
        int taken = 0;
        for (int round = 0; round < 400; round++) {
            byte[] mangled = whole.clone();
            for (int change = random.nextInt(4); change >= 0; change--) {
                mangled[random.nextInt(mangled.length)] =
                        (byte) (random.nextBoolean() ? random.nextInt() : "\r\n-:;=\"*%".charAt(random.nextInt(9)));
            }
            Answer answer = server.uploadBody(mangled);
            assertThat(answer.status()).as("round %d", round).isIn(200, 400, 413);
            taken += answer.status() == 200 ? 1 : 0;
        }
        assertThat(server.files()).hasSize(taken);
    }

    @Test
    void aLargeUploadIsOnTheDiskWhileItStillArrives(@TempDir Path largeData) throws Exception {
        try (FilesServer large = new FilesServer(largeData, 100L * MEGABYTE);
                Socket socket = large.connect()) {
            OutputStream out = socket.getOutputStream();
            byte[] start = ("--" + BOUNDARY + "\r\n" + filePart("large.bin", "").stripTrailing() + "\r\n\r\n")
                    .getBytes(ISO_8859_1);
            byte[] end =
                    ("\r\n--" + BOUNDARY + "\r\n" + requestPart() + "--" + BOUNDARY + "--\r\n").getBytes(ISO_8859_1);
            byte[] megabyte = "the salary of the director\n"
                    .repeat(MEGABYTE / 26)
                    .substring(0, MEGABYTE)
                    .getBytes(ISO_8859_1);
            out.write(head("Content-Length: " + (start.length + 60L * MEGABYTE + end.length)));
            out.write(start);
            for (int count = 0; count < 40; count++) {
                out.write(megabyte);
            }
            out.flush();

            await().until(() ->
                    large.files().size() == 1 && Files.size(large.files().get(0)) > 39L * MEGABYTE);
            assertThat(head(large.files().get(0))).doesNotContain("salary", "large.bin");

            for (int count = 0; count < 20; count++) {
                out.write(megabyte);
            }
            out.write(end);
            out.flush();
            assertThat(readUntil(socket.getInputStream(), "\"offsetToken\":null"))
                    .startsWith("HTTP/1.1 200")
                    .contains("large.bin");
            assertThat(large.files()).hasSize(1);
            assertThat(Files.size(large.files().get(0))).isGreaterThan(60L * MEGABYTE);
        }
    }

    @Test
    void aCallerWhoHangsUpLeavesNothing() throws Exception {
        try (Socket socket = server.connect()) {
            OutputStream out = socket.getOutputStream();
            out.write(head("Content-Length: 900000"));
            out.write(("--" + BOUNDARY + "\r\n" + filePart("a.bin", "x".repeat(500_000))).getBytes(ISO_8859_1));
            out.flush();
            await().until(() -> server.files().size() == 1);
        }

        await().until(() -> server.files().isEmpty());
    }

    @Test
    void filesAreNeverListed() throws Exception {
        server.upload(requestPart(), filePart("a.txt", "content"));

        Answer answer = post("", "{\"stateId\": null, \"listFilter\": {\"limit\": 10, \"search\": \"a\"}}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(FlowJson.mapper().readTree(EMPTY_LIST));
    }

    @Test
    void aDeletedFileIsGoneAndDeletingItAgainIsSuccess() throws Exception {
        String id = id(server.upload(requestPart(), filePart("a.txt", "content")));

        for (int time = 0; time < 2; time++) {
            Answer answer = post("/delete", "{\"resourceFile\": \"" + id + "\"}");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo(FlowJson.mapper().readTree(EMPTY_LIST));
            assertThat(server.files()).isEmpty();
        }
    }

    @Test
    void anotherTenantsUploadIsNotDeletedAndDeletingItIsSuccess() throws Exception {
        String one = Who.publicUser("67204d5c-6022-474d-8f80-0d576b43d02d");
        String id = id(server.uploadBy(one, requestPart(), filePart("a.txt", "content")));
        byte[] body = ("{\"resourceFile\": \"" + id + "\"}").getBytes(UTF_8);

        String other = Who.publicUser("0a1b2c3d-6022-474d-8f80-0d576b43d02d");
        assertThat(server.post("/delete", "application/json", body, "Authorization", other)
                        .body())
                .isEqualTo(FlowJson.mapper().readTree(EMPTY_LIST));
        assertThat(server.post("/delete", "application/json", body).status()).isEqualTo(200);
        assertThat(server.files()).hasSize(1);

        String withLogin = "Basic Zmxvdzpw," + one;
        assertThat(server.post("/delete", "application/json", body, "Authorization", withLogin)
                        .status())
                .isEqualTo(200);
        assertThat(server.files()).isEmpty();
    }

    @Test
    void aTenantWhoseUploadsHoldAllTheyMayIs429AndAFullStore503() throws Exception {
        String one = Who.publicUser("67204d5c-6022-474d-8f80-0d576b43d02d");
        String other = Who.publicUser("0a1b2c3d-6022-474d-8f80-0d576b43d02d");
        String file = filePart("a.bin", "x".repeat(MEGABYTE - 1000));
        try (FilesServer small = new FilesServer(data, new Limits(MEGABYTE, 2 * MEGABYTE, 3 * MEGABYTE))) {
            Answer both = small.uploadBy(one, file, file);
            assertThat(both.status()).isEqualTo(200);

            Answer third = small.uploadBy(one, file);
            assertThat(third.status()).isEqualTo(429);
            assertThat(message(third)).contains("2 MB", "FLOWMAIL_ATTACHMENTS_MAX_PER_TENANT");
            Answer twoOfOther = small.uploadBy(other, file, file);
            assertThat(twoOfOther.status()).isEqualTo(503);
            assertThat(message(twoOfOther)).contains("FLOWMAIL_ATTACHMENTS_MAX_TOTAL");
            assertThat(small.files()).hasSize(2);
            assertThat(small.uploadBy(other, file).status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\"\"", "null", "\"../../keys\"", "\"a\\u0000b\"", "\"3d2f1e4c-0000-4000-8000-000000000000\""})
    void deletingAnUnknownFileIsSuccess(String id) throws Exception {
        server.upload(requestPart(), filePart("a.txt", "content"));

        assertThat(post("/delete", "{\"resourceFile\": " + id + "}").status()).isEqualTo(200);
        assertThat(server.files()).hasSize(1);
    }

    @Test
    void aStoreThatCannotBeUsedIs503() throws Exception {
        Path inTheWay = Files.writeString(data.resolve("uploads"), "not a folder");

        Answer answer = server.upload(requestPart(), filePart("a.txt", "content"));

        assertThat(answer.status()).isEqualTo(503);
        assertThat(message(answer)).contains("try again");
        assertThat(post("/delete", "{\"resourceFile\": \"3d2f1e4c-0000-4000-8000-000000000000\"}")
                        .status())
                .isEqualTo(503);
        Files.delete(inTheWay);
        assertThat(server.upload(requestPart(), filePart("a.txt", "content")).status())
                .isEqualTo(200);
    }

    @Test
    void expiredUploadsAreLookedForAtLeastEveryThirtySeconds() throws Exception {
        String id = id(server.upload(requestPart(), filePart("a.txt", "content")));
        Path file = data.resolve("uploads").resolve(id);
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofDays(3))));

        FixedDelayTask task = server.beans.getBean(ScheduledTaskHolder.class).getScheduledTasks().stream()
                .map(scheduled -> (FixedDelayTask) scheduled.getTask())
                // what ended requests left is looked for twice a day
                .min(Comparator.comparing(FixedDelayTask::getIntervalDuration))
                .orElseThrow();
        assertThat(task.getIntervalDuration()).isLessThanOrEqualTo(Duration.ofSeconds(30));
        task.getRunnable().run();

        assertThat(file).doesNotExist();
    }

    private Answer post(String path, String json) throws IOException, InterruptedException {
        return server.post(path, "application/json", json.getBytes(UTF_8));
    }

    private static byte[] head(String length) {
        return ("POST /api/email/1/file/content HTTP/1.1\r\n"
                        + "Host: localhost\r\n"
                        + "Content-Type: multipart/form-data; boundary="
                        + BOUNDARY + "\r\n" + length + "\r\n\r\n")
                .getBytes(ISO_8859_1);
    }

    private static String head(Path file) throws IOException {
        try (InputStream bytes = Files.newInputStream(file)) {
            return new String(bytes.readNBytes(MEGABYTE), ISO_8859_1);
        }
    }

    private static String readUntil(InputStream in, String end) throws IOException {
        StringBuilder text = new StringBuilder();
        while (text.indexOf(end) < 0) {
            int read = in.read();
            assertThat(read).as("an answer's next byte after %s", text).isNotNegative();
            text.append((char) read);
        }
        return text.toString();
    }

    private static String message(Answer answer) {
        return answer.body().path("message").stringValue();
    }

    private static String id(Answer answer) {
        return answer.body().path("objectData").path(0).path("externalId").stringValue();
    }

    /** A file's part as Flow's player makes it. */
    private static String flowFile(String name, String type, String content) {
        return part(
                "Content-Disposition: form-data; name=\"FileData\"; filename=\"" + name + "\"\r\nContent-Type: " + type,
                content);
    }

    /** Flow's player appends its request as a string: no type. */
    private static String flowRequest(String parameters) {
        return part("Content-Disposition: form-data; name=\"FileDataRequest\"" + parameters, "{\"token\": \"t\"}");
    }

    private static List<String> names(Answer answer) {
        assertThat(answer.status()).isEqualTo(200);
        return answer.body()
                .path("objectData")
                .valueStream()
                .map(file -> property(file, "Name").path("contentValue").stringValue())
                .toList();
    }

    private static String name(Answer answer) {
        return property(answer.body().path("objectData").path(0), "Name")
                .path("contentValue")
                .stringValue();
    }

    private static JsonNode property(JsonNode object, String name) {
        for (JsonNode property : object.path("properties")) {
            if (name.equals(property.path("developerName").stringValue())) {
                return property;
            }
        }
        throw new AssertionError("no property " + name);
    }

    /** What a request would mail of this upload, as ISO 8859-1. */
    private String stored(Answer answer) throws IOException {
        return stored(answer, 0);
    }

    private String stored(Answer answer, int index) throws IOException {
        assertThat(answer.status()).isEqualTo(200);
        String id =
                answer.body().path("objectData").path(index).path("externalId").stringValue();
        String file = server.store
                .keep(Tenants.UNKNOWN, id, "decision-1")
                .orElseThrow()
                .file();
        try (InputStream bytes = server.store.open("decision-1", file)) {
            return new String(bytes.readAllBytes(), ISO_8859_1);
        } finally {
            server.store.forget("decision-1");
        }
    }
}
