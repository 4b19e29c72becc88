package dev.inkan.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkan.core.audit.AuditAction;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Refusals are counted by few words, none of which tells of anybody")
final class RefusalReasonTest {

  @ParameterizedTest(name = "{0} «{1}» is {2}")
  @CsvSource({
    "ISSUE_REFUSED, valid certificate; renewal opens 2027-01-01, renewal-not-open",
    "ISSUE_REFUSED, another certificate is being issued, being-issued",
    "AUTHENTICATION_FAILED, wrong password, wrong-password",
    "CODE_REFUSED, tries left: 3, wrong-code",
    "CODE_REFUSED, new address; tries left: 3, wrong-code",
    "OPERATION_REFUSED, POST /users/yamada001: wrong-state, other",
    "LOGIN_REFUSED, yamada001 came with it, other"
  })
  void named(AuditAction action, String detail, String reason) {
    assertThat(RefusalReason.of(action, detail)).contains(new RefusalReason(action, reason));
  }

  @Test
  @Tag("S5")
  void whatIsNoRefusalHasNoReason() {
    assertThat(RefusalReason.of(AuditAction.LOGGED_IN, "wrong password")).isEmpty();
  }
}
