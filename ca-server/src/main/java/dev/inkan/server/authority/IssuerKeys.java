package dev.inkan.server.authority;

import dev.inkan.core.certificate.Der;
import dev.inkan.core.key.Credential;
import dev.inkan.core.key.SigningKeyMaker;
import java.util.List;

/** Where the issuing CAs' keys are kept: files, or a token. */
public interface IssuerKeys {

  /** Where the key of this number is, or will be, for people. */
  String place(int number);

  /**
   * The key of an issuing CA.
   *
   * @throws dev.inkan.core.key.KeyUnavailableException naming the place, if it is missing, cannot
   *     be opened, or is another CA's
   */
  Credential open(Generation generation);

  /** Refuses if there is a key of this number already, awaited or not. */
  void requireNone(int number);

  /** Makes a key for this place, for {@link #keep}. */
  SigningKeyMaker maker(int number);

  /** Keeps a key whose certificate is still to come, under one that stands for it. */
  Credential keep(int number, Credential made);

  /**
   * The key whose certificate is still to come.
   *
   * @throws dev.inkan.core.key.KeyUnavailableException naming the place, if it is not here
   */
  Credential openAwaited(int number);

  /**
   * Gives it the certificate that came; done before, this changes nothing.
   *
   * @param chain the key's certificate first, the root's last
   */
  Credential certify(int number, List<Der> chain);

  /** The trust anchor, as this machine has it. */
  Der root();
}
