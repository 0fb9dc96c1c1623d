package dev.flowmail.api.problems;

import java.util.Locale;
import org.springframework.http.ResponseEntity;

/** What a person sees in a browser where there is nothing: a page of the family. */
@FunctionalInterface
public interface MissingPage {

    /** The whole answer, 404. */
    ResponseEntity<String> of(Locale locale);
}
