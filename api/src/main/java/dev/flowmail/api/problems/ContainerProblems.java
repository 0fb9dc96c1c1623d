package dev.flowmail.api.problems;

import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/** Answers what filters and the servlet container refuse; no controller ever saw it. */
@Controller
@Hidden
final class ContainerProblems implements ErrorController {

    private final MissingPage missing;

    ContainerProblems(MissingPage missing) {
        this.missing = missing;
    }

    @RequestMapping("${spring.web.error.path:/error}")
    ResponseEntity<Object> answer(HttpServletRequest request) {
        HttpStatus status = Optional.ofNullable(request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE))
                .map(code -> HttpStatus.resolve((Integer) code))
                .orElse(HttpStatus.NOT_FOUND);
        return status == HttpStatus.NOT_FOUND && Problems.isForPeople(request, path(request))
                ? Problems.shown(missing, request)
                : Problems.answer(
                        request.getContextPath(), path(request), status, new HttpHeaders(), Problems.sentence(status));
    }

    private static String path(HttpServletRequest request) {
        @Nullable Object failed = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        return failed == null ? request.getRequestURI() : failed.toString();
    }
}
