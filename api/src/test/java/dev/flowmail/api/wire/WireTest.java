package dev.flowmail.api.wire;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

/** Starts Flowmail's wire on a free port. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        classes = Wire.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "flowmail.public-url=http://localhost",
            "temporal.embedded=false",
            "management.endpoint.health.validate-group-membership=false"
        })
public @interface WireTest {}
