package io.towpath.demo.house;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The table "who imports whom" of ARCHITECTURE.md. */
class ArchitectureTest {

    /** Module folder and the rooms of the suite that its main code may import. */
    private static final Map<String, List<String>> MAY_IMPORT = new LinkedHashMap<>();

    static {
        MAY_IMPORT.put("activity", List.of());
        MAY_IMPORT.put("transforms", List.of("activity"));
        MAY_IMPORT.put("connectors/capture", List.of("activity"));
        MAY_IMPORT.put("connectors/jdbc", List.of("activity"));
        MAY_IMPORT.put("mm2-config", List.of());
        MAY_IMPORT.put("migration", List.of("mm2"));
        MAY_IMPORT.put("cli", List.of("activity", "capture", "migration"));
        MAY_IMPORT.put("local", List.of());
        MAY_IMPORT.put("local/containers", List.of("local"));
        MAY_IMPORT.put(
                "demo", List.of("activity", "transforms", "capture", "jdbc", "mm2", "migration", "cli", "local"));
    }

    private static final List<String> PLUGINS = List.of("transforms", "connectors/capture", "connectors/jdbc");

    @TestFactory
    Stream<DynamicTest> aRoomImportsOnlyWhatTheTableAllows() {
        return MAY_IMPORT.entrySet().stream()
                .map(row -> DynamicTest.dynamicTest(
                        row.getKey(),
                        () -> noClasses()
                                .should()
                                .dependOnClassesThat(resideInAPackage("io.towpath..")
                                        .and(not(resideInAnyPackage(allowed(row.getKey(), row.getValue())))))
                                .because(
                                        "plugins pass each other nothing but a Struct, and the rooms stand in the order of"
                                                + " ARCHITECTURE.md: move the class down, or hand its value through the contract")
                                .allowEmptyShould(true)
                                .check(mainOf(row.getKey()))));
    }

    @TestFactory
    Stream<DynamicTest> everyModuleHasItsRowInTheTable() {
        return modules()
                .map(module -> DynamicTest.dynamicTest(
                        module,
                        () -> assertThat(MAY_IMPORT)
                                .as("a new module needs a row here and in ARCHITECTURE.md")
                                .containsKey(module)));
    }

    @TestFactory
    Stream<DynamicTest> aPluginSeesConnectsInterfacesAndNothingOfTheWorker() {
        return PLUGINS.stream()
                .map(plugin -> DynamicTest.dynamicTest(
                        plugin,
                        () -> noClasses()
                                .should()
                                .dependOnClassesThat()
                                .resideInAnyPackage(
                                        "org.apache.kafka.connect.runtime..",
                                        "org.apache.kafka.connect.storage.impl..",
                                        "kafka..",
                                        "org.apache.kafka.server..")
                                .because(
                                        "a plugin is loaded beside the worker's own classes: only Connect's interfaces are promised")
                                .allowEmptyShould(true)
                                .check(mainOf(plugin))));
    }

    @Test
    void captureKnowsDebeziumThroughConnectsInterfacesAlone() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.debezium..") // these go into the child class loader themselves
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.debezium..")
                .because("Debezium lives in a child class loader, which our classes cannot see: go through"
                        + " SourceConnector, SourceTask and Struct")
                .allowEmptyShould(true)
                .check(mainOf("connectors/capture"));
    }

    @Test
    void noPluginKnowsItsDatabasesDriver() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.postgresql..", "org.mariadb..")
                .because("drivers are found at run time through java.sql")
                .allowEmptyShould(true)
                .check(mainOf(PLUGINS.toArray(String[]::new)));
    }

    @Test
    void aTestIsNamedSoThatItIsRun() {
        methods()
                .that()
                .areAnnotatedWith(Test.class)
                .or()
                .areAnnotatedWith(TestFactory.class)
                .or()
                .areAnnotatedWith("org.junit.jupiter.params.ParameterizedTest")
                .should(BeDeclaredWhere.theRunnerLooks())
                .because("Surefire runs *Test and Failsafe *IT; any other name is silently not run")
                .allowEmptyShould(true)
                .check(test());
    }

    private static String[] allowed(String module, List<String> others) {
        String own = module.substring(module.indexOf('/') + 1).replace("mm2-config", "mm2");
        return Stream.concat(Stream.of(own), others.stream())
                .map(room -> "io.towpath." + room + "..")
                .toArray(String[]::new);
    }

    private static JavaClasses mainOf(String... modules) {
        return in("target/classes", Arrays.stream(modules));
    }

    private static JavaClasses test() {
        return in("target/test-classes", MAY_IMPORT.keySet().stream());
    }

    private static JavaClasses in(String folder, Stream<String> modules) {
        List<Path> folders = modules.map(module -> Sources.HOME.resolve(module).resolve(folder))
                .filter(Files::isDirectory)
                .toList();
        return new ClassFileImporter().importPaths(folders);
    }

    /** All but the benchmarks, and what has no main code: the archives, the server distributions below local. */
    private static Stream<String> modules() {
        return Sources.lines(Sources.HOME.resolve("pom.xml"))
                .map(line -> line.text().strip())
                .filter(line -> line.startsWith("<module>"))
                .map(line -> line.replaceAll("</?module>", ""))
                .filter(module -> MAY_IMPORT.containsKey(module)
                        || (!module.startsWith("local/")
                                && !List.of("bench", "dist").contains(module)));
    }
}
