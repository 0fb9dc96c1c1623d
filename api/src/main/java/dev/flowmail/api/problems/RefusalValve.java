package dev.flowmail.api.problems;

import java.io.IOException;
import java.util.Optional;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/** Answers what Tomcat refuses before there is an application to ask: a malformed request line, for example. */
public class RefusalValve extends ErrorReportValve {

    @Override
    protected void report(Request request, Response response, @Nullable Throwable failure) {
        int code = response.getStatus();
        if (code < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        HttpStatus status = Optional.ofNullable(HttpStatus.resolve(code)).orElse(HttpStatus.BAD_REQUEST);
        String path = Optional.ofNullable(request.getRequestURI()).orElse("");
        try {
            Problems.write(Problems.answer("", path, status, new HttpHeaders(), Problems.sentence(status)), response);
            response.finishResponse();
        } catch (IOException gone) {
            // nobody is left to read the answer
            containerLog.debug("The caller has gone", gone);
        }
    }

    /** The same where the public address is https. */
    public static final class OverTls extends RefusalValve {
        @Override
        protected void report(Request request, Response response, @Nullable Throwable failure) {
            if (response.getStatus() >= 400 && !response.isCommitted()) {
                response.setHeader(Problems.STRICT_TRANSPORT_SECURITY, Problems.A_YEAR);
            }
            super.report(request, response, failure);
        }
    }
}
