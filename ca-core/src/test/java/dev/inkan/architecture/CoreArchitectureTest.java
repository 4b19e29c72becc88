package dev.inkan.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.inkan.core.crl.CrlEntryFile;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Security;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CoreArchitectureTest {

  private static final JavaClasses CORE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.inkan.core");

  @Test
  void coreKnowsNeitherWebNorDatabaseNorMail() {
    classes()
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(
                    "java..",
                    "javax.crypto..",
                    "javax.security.auth..", // how the JDK logs in at a token
                    "org.bouncycastle..",
                    "org.jspecify..",
                    "dev.inkan.core..")
                .and(not(resideInAnyPackage("java.sql..", "java.net.http.."))))
        .check(CORE);
  }

  @Test
  void vocabularyAndRulesArePlainJava() {
    classes()
        .that(are(resideInAnyPackage("..core.certificate..", "..core.policy..")))
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(
                "java..", "org.jspecify..", "..core.certificate..", "..core.policy.."))
        .check(CORE);
  }

  @Test
  void roomsDependInOneDirection() {
    layeredArchitecture()
        .consideringOnlyDependenciesInAnyPackage("dev.inkan.core..")
        .layer("certificate")
        .definedBy("..core.certificate..")
        .layer("policy")
        .definedBy("..core.policy..")
        .layer("audit")
        .definedBy("..core.audit..")
        .layer("store")
        .definedBy("..core.store..")
        .layer("key")
        .definedBy("..core.key..")
        .layer("issue")
        .definedBy("..core.issue..")
        .layer("ocsp")
        .definedBy("..core.ocsp..")
        .layer("crl")
        .definedBy("..core.crl..")
        .layer("authority")
        .definedBy("..core.authority..")
        .whereLayer("authority")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("ocsp")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("store")
        .mayOnlyBeAccessedByLayers("authority")
        .whereLayer("audit")
        .mayOnlyBeAccessedByLayers("authority", "store")
        .whereLayer("crl")
        .mayOnlyBeAccessedByLayers("authority")
        .whereLayer("issue")
        .mayOnlyBeAccessedByLayers("authority", "crl")
        .whereLayer("key")
        .mayOnlyBeAccessedByLayers("authority", "issue", "ocsp")
        .whereLayer("policy")
        .mayOnlyBeAccessedByLayers("authority", "issue")
        .check(CORE);
    slices().matching("dev.inkan.core.(*)..").should().beFreeOfCycles().check(CORE);
  }

  @Test
  void timeAndChanceAreHandedIn() {
    noClasses().should().callMethod(Instant.class, "now").check(CORE);
    noClasses().should().callMethod(LocalDate.class, "now").check(CORE);
    noClasses().should().callMethod(LocalDateTime.class, "now").check(CORE);
    noClasses().should().callMethod(ZonedDateTime.class, "now").check(CORE);
    noClasses().should().callMethod(System.class, "currentTimeMillis").check(CORE);
    noClasses().should().callMethod(Clock.class, "systemUTC").check(CORE);
    noClasses().should().callMethod(Clock.class, "systemDefaultZone").check(CORE);
    noClasses().should().callMethod(ZoneId.class, "systemDefault").check(CORE);
    noClasses().should().callConstructor(SecureRandom.class).check(CORE);
    noClasses().should().callConstructor(Date.class).check(CORE);
  }

  @Test
  void privateKeysStayInTheKeyRoom() {
    noClasses()
        .that()
        .resideOutsideOfPackage("..core.key..")
        .should()
        .dependOnClassesThat()
        .areAssignableTo(PrivateKey.class)
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(KeyPair.class)
        .check(CORE);
  }

  @Test
  void nothingIsRegisteredWithTheJvm() {
    noClasses().should().dependOnClassesThat().areAssignableTo(Security.class).check(CORE);
  }

  @Test
  void stateIsFinal() {
    fields()
        .that()
        .areNotStatic()
        .and()
        .areNotDeclaredIn(dev.inkan.core.key.Passphrase.class) // remembers that it was wiped
        .and(areNotOfAStream())
        .should()
        .beFinal()
        .check(CORE);
    fields().that().areStatic().should().beFinal().check(CORE);
  }

  private static final Set<String> STREAMS = Set.of("CrlEntryFile", "DerStream", "Copy");

  /** What is read or written piece by piece remembers how far it has come. */
  private static DescribedPredicate<JavaField> areNotOfAStream() {
    return DescribedPredicate.describe(
        "are not of a stream",
        field ->
            !field.getOwner().getPackageName().equals(CrlEntryFile.class.getPackageName())
                || !STREAMS.contains(field.getOwner().getSimpleName()));
  }

  @Test
  void houseRules() {
    NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(CORE);
    NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS.check(CORE);
    NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING.check(CORE);
    noClasses().should().haveNameMatching(".*(Utils?|Helper|Manager|Impl)").check(CORE);
  }
}
