package dev.flowmail.workflows;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;

/** Workflow code is replayed: the same history must always lead to the same commands. */
@Execution(CONCURRENT)
class DeterminismTest {

    private static final JavaClasses WORKFLOWS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.flowmail.workflows");

    private static final DescribedPredicate<JavaClass> OUTSIDE_WORLD = resideInAnyPackage(
                    "java.io..",
                    "java.net..",
                    "java.nio..",
                    "java.sql..",
                    "java.util.concurrent..",
                    "java.util.random..",
                    "javax.net..")
            .or(type(Thread.class))
            .or(type(ProcessHandle.class))
            .or(type(java.util.Random.class))
            .or(type(java.util.Timer.class))
            .or(type(java.security.SecureRandom.class))
            .or(type(java.time.Clock.class));

    private static final DescribedPredicate<JavaAccess<?>> CLOCK_OR_CHANCE =
            DescribedPredicate.describe("reads a clock, chance or the environment", access -> {
                String target = access.getTargetOwner().getName() + "."
                        + access.getTarget().getName();
                return target.matches("java\\.time\\.\\w+\\.now")
                        || target.matches("java\\.lang\\.System\\.(currentTimeMillis|nanoTime|getenv|getProperty)")
                        || target.equals("java.util.UUID.randomUUID")
                        || target.equals("java.lang.Math.random");
            });

    static final ArchRule NO_OUTSIDE_WORLD = noClasses().should().dependOnClassesThat(OUTSIDE_WORLD);
    static final ArchRule NO_CLOCK = noClasses().should().accessTargetWhere(CLOCK_OR_CHANCE);
    static final ArchRule NO_OTHER_LIBRARY = noClasses()
            .should()
            .dependOnClassesThat(resideOutsideOfPackages(
                            "java..", "dev.flowmail.workflows..", "io.temporal..", "org.jspecify..", "org.slf4j..")
                    .and(DescribedPredicate.not(
                            nameMatching("\\[.*|boolean|byte|char|double|float|int|long|short|void"))));

    @Test
    void workflowCodeHasNoOutsideWorld() {
        NO_OUTSIDE_WORLD.check(WORKFLOWS);
    }

    @Test
    void workflowCodeReadsNoClockAndNoChance() {
        NO_CLOCK.check(WORKFLOWS);
    }

    @Test
    void workflowCodeUsesTemporalAndTheJdkOnly() {
        NO_OTHER_LIBRARY.check(WORKFLOWS);
    }

    @Test
    void theRulesFindWhatTheyBan() {
        JavaClasses broken = new ClassFileImporter().importClasses(ReadsTheClock.class, TakesChances.class);

        assertThat(NO_CLOCK.evaluate(broken).getFailureReport().getDetails()).hasSize(1);
        assertThat(NO_OUTSIDE_WORLD.evaluate(broken).hasViolation()).isTrue();
    }

    static final class ReadsTheClock {
        Instant now() {
            return Instant.now();
        }
    }

    static final class TakesChances {
        int next() {
            return ThreadLocalRandom.current().nextInt();
        }
    }
}
