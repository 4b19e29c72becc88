package dev.inkan.server;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A master user who registers in one browser.
 *
 * @param person what they are going to be
 */
public record Registrant(TestServer server, Letter letter, Person person, Browser browser) {

  /** The same person with the same letter in another browser. */
  public Registrant elsewhere() {
    return new Registrant(server, letter, person, server.browser());
  }

  /** The same browser and letter for somebody else. */
  public Registrant as(Person other) {
    return new Registrant(server, letter, other, browser);
  }

  public Reply logIn() {
    return logIn(letter.initialPassword());
  }

  public Reply logIn(String initialPassword) {
    browser.get("/register");
    return browser.post(
        "/register", "loginId", letter.loginId(), "initialPassword", initialPassword);
  }

  /** The initial password was right. */
  public Registrant opened() {
    Reply reply = logIn();
    assertThat(reply.status()).as(reply.heading()).isEqualTo(303);
    assertThat(reply.location()).endsWith("/register/details");
    return this;
  }

  public Reply submit() {
    return submit(person.password(), person.password());
  }

  public Reply submit(String password, String passwordConfirm) {
    return browser.post(
        "/register/details",
        "userId",
        person.userId(),
        "password",
        password,
        "passwordConfirm",
        passwordConfirm,
        "name",
        "見本 一郎",
        "email",
        person.mail());
  }

  /** The code is on its way. */
  public Registrant submitted() {
    Reply reply = opened().submit();
    assertThat(reply.status()).as(reply.heading()).isEqualTo(303);
    assertThat(reply.location()).endsWith("/register/code");
    return this;
  }

  public Reply enter(String code) {
    return browser.post("/register/code", "code", code);
  }

  /** The code came back. */
  public Registrant registered() {
    int before = server.codes(person).size();
    submitted();
    Reply reply = enter(server.awaitCode(person, before + 1));
    assertThat(reply.status()).as(reply.heading()).isEqualTo(303);
    assertThat(reply.location()).endsWith("/register/done");
    return this;
  }

  /** The registered user in the same browser. */
  public Visitor visitor() {
    return new Visitor(server, person, browser);
  }
}
