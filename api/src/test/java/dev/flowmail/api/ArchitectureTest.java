package dev.flowmail.api;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import com.tngtech.archunit.library.Architectures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;

/** The arrows between the modules, and what each may know. */
@Execution(CONCURRENT)
class ArchitectureTest {

    private static final JavaClasses FLOWMAIL = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(
                    "dev.flowmail.workflows", "dev.flowmail.templates", "dev.flowmail.activities", "dev.flowmail.api");

    @Test
    void modulesImportOnlyWhatLiesBelowThem() {
        Architectures.layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage("dev.flowmail..")
                .layer("workflows")
                .definedBy("dev.flowmail.workflows..")
                .layer("templates")
                .definedBy("dev.flowmail.templates..")
                .layer("activities")
                .definedBy("dev.flowmail.activities..")
                .layer("api")
                .definedBy("dev.flowmail.api..")
                .whereLayer("workflows")
                .mayNotAccessAnyLayer()
                .whereLayer("templates")
                .mayNotAccessAnyLayer()
                .whereLayer("activities")
                .mayOnlyAccessLayers("workflows", "templates")
                .whereLayer("api")
                .mayNotBeAccessedByAnyLayer()
                .check(FLOWMAIL);
    }

    @Test
    void nothingThatIsShippedKnowsTheServersOfTests() {
        ArchRuleDefinition.noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.flowmail.servers..")
                .check(FLOWMAIL);
    }

    @Test
    void onlyTheApiKnowsSpringBoot() {
        ArchRuleDefinition.noClasses()
                .that()
                .resideOutsideOfPackage("dev.flowmail.api..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.springframework.boot..")
                .check(FLOWMAIL);
    }

    @Test
    void temporalIsCalledInOnePlace() {
        ArchRuleDefinition.noClasses()
                .that()
                .resideOutsideOfPackages("dev.flowmail.api.temporal..", "dev.flowmail.api.wiring..")
                .should()
                .dependOnClassesThat()
                .haveNameMatching("io\\.temporal\\.(client\\.\\w+(Client|Stub|Handle)|(serviceclient|worker)\\..*)")
                .check(FLOWMAIL);
    }

    @Test
    void addressesOfCallersAreDialledInOnePlace() {
        ArchRuleDefinition.noClasses()
                .that()
                .resideInAPackage("dev.flowmail.activities..")
                .and()
                .resideOutsideOfPackages("dev.flowmail.activities.network..", "dev.flowmail.activities.smtp..")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.net.Socket")
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage("java.net.http..")
                .check(FLOWMAIL);
    }

    @Test
    void packagesOfAModuleHaveNoCycles() {
        slices().matching("dev.flowmail.activities.(*)..")
                .should()
                .beFreeOfCycles()
                .check(FLOWMAIL);
        slices().matching("dev.flowmail.workflows.(*)..")
                .should()
                .beFreeOfCycles()
                .check(FLOWMAIL);
        slices().matching("dev.flowmail.api.(*)..").should().beFreeOfCycles().check(FLOWMAIL);
    }
}
