package dev.inkan.server.config;

import dev.inkan.server.config.Allowed.ExistingFile;
import dev.inkan.server.config.Allowed.Form;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Optional;

/** The token that holds the keys whose place is written {@code pkcs11:object=LABEL}. */
public interface TokenConfig {

  /** The PKCS#11 library of its maker. */
  @ExistingFile(ofAnySize = true, forStatusAlone = true)
  Optional<Path> library();

  @Form(pattern = "[\\x21-\\x7e](?:[\\x20-\\x7e]{0,30}[\\x21-\\x7e])?", says = "1-32 of ASCII")
  @WithDefault("inkan")
  String label();

  /** Where the user's PIN comes from. */
  @ExistingFile(ownerOnly = true, forStatusAlone = true)
  Optional<PassphraseSource> pinFile();
}
