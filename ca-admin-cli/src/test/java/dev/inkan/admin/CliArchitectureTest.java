package dev.inkan.admin;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class CliArchitectureTest {

  private static final JavaClasses CLI =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.inkan.admin");

  @Test
  void theCliSharesNeitherTablesNorKeysWithTheServer() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.jdbi..",
            "org.h2..",
            "java.sql..",
            "dev.inkan.server..",
            "dev.inkan.core.key..",
            "org.bouncycastle..")
        .check(CLI);
  }

  @Test
  void onlyTheTerminalKnowsTheProcessAndOnlyTheClientTheNetwork() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.inkan.admin.client..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.net.http..", "javax.net.ssl..")
        .check(CLI);
    noClasses()
        .that()
        .resideInAnyPackage("dev.inkan.admin.output..", "dev.inkan.admin.json..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.inkan.admin.command..", "dev.inkan.admin.client..")
        .check(CLI);
  }
}
