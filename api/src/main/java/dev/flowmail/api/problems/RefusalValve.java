package dev.flowmail.api.problems;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/** Answers what Tomcat refuses before there is an application to ask: a malformed request line, for example. */
final class RefusalValve extends ErrorReportValve {
    private final Supplier<MissingPage> missing;
    private final boolean isOverTls;

    /** @param isOverTls whether the public address is https */
    RefusalValve(Supplier<MissingPage> missing, boolean isOverTls) {
        this.missing = missing;
        this.isOverTls = isOverTls;
    }

    @Override
    protected void report(Request request, Response response, @Nullable Throwable failure) {
        int code = response.getStatus();
        if (code >= 400 && isOverTls && !response.isCommitted()) {
            response.setHeader(Problems.STRICT_TRANSPORT_SECURITY, Problems.A_YEAR);
        }
        if (code < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        HttpStatus status = Optional.ofNullable(HttpStatus.resolve(code)).orElse(HttpStatus.BAD_REQUEST);
        try {
            Problems.write(answer(request, status), response);
            response.finishResponse();
        } catch (IOException gone) {
            // nobody is left to read the answer
            containerLog.debug("The caller has gone", gone);
        }
    }

    private ResponseEntity<?> answer(Request request, HttpStatus status) {
        String path = Optional.ofNullable(request.getRequestURI()).orElse("");
        return Problems.isUnreadable(request, path, status)
                ? Problems.shown(missing.get(), request)
                : Problems.answer("", path, status, new HttpHeaders(), Problems.sentence(status));
    }
}
