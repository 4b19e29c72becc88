package dev.inkan.server.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.constructors;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import dev.inkan.server.InkanServer;
import io.javalin.http.Handler;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Date;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The server's side of the rules that the design binds. */
final class ServerArchitectureTest {

  private static final String ROOT = "dev.inkan.server";
  private static final String COMMAND = "dev.inkan.server.command..";
  private static final String ASSEMBLY = "dev.inkan.server.assembly..";
  private static final String SERVICE = "dev.inkan.server.service..";
  private static final String INSTALLATION = "dev.inkan.server.installation..";
  private static final JavaClasses SERVER =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  @Test
  void sqlStaysInTheStore() {
    noClasses()
        .that()
        .resideOutsideOfPackage("..server.store..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.jdbi..",
            "org.h2..",
            "org.postgresql..",
            "org.flywaydb..",
            "com.zaxxer..",
            "java.sql..")
        .check(SERVER);
  }

  @Test
  void theTimetableAloneSharesThePool() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "..server.store..", "..server.job..", INSTALLATION, SERVICE, ASSEMBLY)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("javax.sql..")
        .check(SERVER);
  }

  @Test
  void javalinStaysWithTheListeners() {
    noClasses()
        .that()
        .resideOutsideOfPackages("..server.http..", SERVICE, ASSEMBLY, ROOT)
        .and()
        .doNotHaveFullyQualifiedName("dev.inkan.server.demo.MailboxPage")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.javalin..")
        .check(SERVER);
  }

  @Test
  void handlersReachNeitherStoresNorKeysNorBouncyCastle() {
    noClasses()
        .that()
        .resideInAPackage("..server.http..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "..server.store..", "..core.key..", "..core.authority..", "org.bouncycastle..")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(PrivateKey.class)
        .orShould()
        .dependOnClassesThat()
        .haveSimpleNameEndingWith("Store")
        .orShould()
        .dependOnClassesThat()
        .haveSimpleNameEndingWith("Stores")
        .check(SERVER);
  }

  @Test
  void registrationKnowsNeitherHttpNorSql() {
    noClasses()
        .that()
        .resideInAPackage("..server.registration..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.javalin..",
            "org.eclipse.jetty..",
            "jakarta.servlet..",
            "java.net.http..",
            "java.sql..",
            "javax.sql..",
            "org.jdbi..",
            "jakarta.mail..",
            "..server.http..",
            "..server.store..",
            "..server.mail..",
            "..server.config..")
        .check(SERVER);
  }

  @Test
  void viewsCarryTextAlone() {
    noClasses()
        .that()
        .resideInAPackage("..server.http.web.view..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("..server.registration..", "..server.store..", "io.javalin..")
        .check(SERVER);
  }

  @Test
  void roomsHaveNoCycles() {
    slices().matching("dev.inkan.server.(*)..").should().beFreeOfCycles().check(SERVER);
    slices().matching("dev.inkan.server.http.(*)..").should().beFreeOfCycles().check(SERVER);
  }

  @Test
  void registrationsRoomsHaveNoCycles() {
    slices()
        .matching("dev.inkan.server.registration.(*)..")
        .should()
        .beFreeOfCycles()
        .check(SERVER);
    noClasses()
        .that()
        .resideInAPackage("..server.registration.*..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.inkan.server.registration")
        .because("what combines the rooms' stores stands above them")
        .check(SERVER);
  }

  @Test
  void nobodyKnowsTheCompositionRoot() {
    noClasses()
        .that()
        .resideOutsideOfPackages(ROOT, COMMAND, ASSEMBLY, SERVICE, INSTALLATION)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(ROOT, COMMAND, ASSEMBLY, SERVICE, INSTALLATION)
        .check(SERVER);
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ROOT)
        .check(SERVER);
  }

  @Test
  void handlersAreNamedSo() {
    classes()
        .that()
        .implement(Handler.class)
        .and()
        .areNotAnonymousClasses()
        .should()
        .haveSimpleNameEndingWith("Handler")
        .check(SERVER);
  }

  @Test
  void namesSayWhatTheThingIs() {
    noClasses()
        .that()
        .areNotAssignableTo(TrustManager.class) // what JSSE calls it
        .should()
        .haveNameMatching(".*(Utils?|Helper|Manager|Impl)")
        .check(SERVER);
    NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(SERVER);
    NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING.check(SERVER);
  }

  @ParameterizedTest
  @ValueSource(classes = {Instant.class, LocalDate.class, LocalDateTime.class, ZonedDateTime.class})
  void timeIsHandedIn(Class<?> time) {
    noClasses().should().callMethod(time, "now").check(SERVER);
  }

  @Test
  void chanceIsHandedIn() {
    outsideMain(
        noClasses()
            .that()
            .doNotBelongToAnyOf(InkanServer.class)
            .should()
            .callConstructor(SecureRandom.class));
    outsideMain(
        noClasses()
            .that()
            .doNotBelongToAnyOf(InkanServer.class)
            .should()
            .callMethod(Clock.class, "systemUTC"));
    outsideMain(noClasses().should().callMethod(Clock.class, "systemDefaultZone"));
    outsideMain(noClasses().should().callMethod(ZoneId.class, "systemDefault"));
    outsideMain(noClasses().should().callMethod(System.class, "currentTimeMillis"));
    outsideMain(noClasses().should().callConstructor(Date.class));
  }

  private static void outsideMain(ArchRule rule) {
    rule.check(SERVER);
  }

  // JournalWriter, SerialSet and LedgerReconciliation and StatusCarriedOver count; Trouble
  // remembers when it was told; MailSender.Batch keeps one connection;
  // AuditExport.CheckpointPages reads on;
  // the demonstration's mailbox numbers what it receives.
  private static final String STATEFUL =
      ".*\\.(JournalWriter|SerialSet|LedgerReconciliation|StatusCarriedOver|Trouble"
          + "|MailSender\\$Batch|CapturedMailbox|AuditExport\\$CheckpointPages"
          + "|Backup\\$Limited|TableDigest)";

  @Test
  void fieldsAreFinal() {
    fields()
        .that()
        .areDeclaredInClassesThat()
        .haveNameNotMatching(STATEFUL)
        .and()
        .areNotAnnotatedWith(CommandLine.Option.class)
        .and()
        .areNotAnnotatedWith(CommandLine.Parameters.class)
        .and()
        .areNotAnnotatedWith(CommandLine.Spec.class)
        .and()
        .areNotAnnotatedWith(CommandLine.Mixin.class)
        .should()
        .beFinal()
        .check(SERVER);
  }

  @Test
  void constructorsTakeAFewThings() {
    constructors()
        .should(
            new com.tngtech.archunit.lang.ArchCondition<>("take 7 parameters at most") {
              @Override
              public void check(
                  com.tngtech.archunit.core.domain.JavaConstructor constructor,
                  com.tngtech.archunit.lang.ConditionEvents events) {
                boolean record = constructor.getOwner().isRecord();
                if (!record && constructor.getRawParameterTypes().size() > 7) {
                  events.add(
                      com.tngtech.archunit.lang.SimpleConditionEvent.violated(
                          constructor, constructor.getFullName()));
                }
              }
            })
        .check(SERVER);
  }
}
