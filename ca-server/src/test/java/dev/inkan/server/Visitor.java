package dev.inkan.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;

/** A person who walks the issue flow in one browser. */
public record Visitor(TestServer server, Person person, Browser browser) {

  /** ④ with the right password. */
  public Reply apply() {
    browser.get("/issue");
    return browser.post("/issue", "userId", person.userId(), "password", person.password());
  }

  /** ⑤ reached: the application runs and its code was mailed. */
  public Visitor applied() {
    Reply reply = apply();
    assertThat(reply.status()).as(reply.heading()).isEqualTo(303);
    assertThat(reply.location()).endsWith("/issue/code");
    return this;
  }

  /** Past ⑤: the code came back, and a password is due. */
  public Visitor passwordDue() {
    int before = server.codes(person).size();
    applied();
    Reply reply = enter(server.awaitCode(person, before + 1));
    assertThat(reply.status()).as(reply.heading()).isEqualTo(303);
    assertThat(reply.location()).endsWith("/issue/password");
    return this;
  }

  /** ⑥ reached: the code came back. */
  public Visitor confirmed() {
    int before = server.codes(person).size();
    applied();
    Reply reply = enter(server.awaitCode(person, before + 1));
    assertThat(reply.status()).as(reply.heading()).isEqualTo(303);
    assertThat(reply.location()).endsWith("/issue/confirm");
    return this;
  }

  /** ⑧ reached: the certificate was issued. */
  public Visitor issued() {
    confirmed();
    Reply reply = issue();
    assertThat(reply.status()).as(reply.heading()).isEqualTo(303);
    Reply result = awaitResult();
    assertThat(result.status()).as(result.heading()).isEqualTo(200);
    return this;
  }

  public Reply enter(String code) {
    return browser.post("/issue/code", "code", code);
  }

  public Reply choose(String password) {
    return browser.post("/issue/password", "password", password, "passwordConfirm", password);
  }

  public Reply issue() {
    return browser.post("/issue/confirm");
  }

  /** ⑧, once ⑦ is over. */
  public Reply awaitResult() {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> browser.get("/issue/progress").location().endsWith("/issue/result"));
    return browser.get("/issue/result");
  }

  public Reply download() {
    return browser.get("/issue/result/certificate.p12");
  }
}
