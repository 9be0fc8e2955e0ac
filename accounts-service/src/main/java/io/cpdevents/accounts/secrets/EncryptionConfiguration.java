package io.cpdevents.accounts.secrets;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class EncryptionConfiguration {

  @Bean
  EnvelopeEncryption envelopeEncryption(
      @Value("${cpd.accounts.encryption.keys}") String keys,
      @Value("${cpd.accounts.encryption.keys-file}") String keysFile) {
    return new EnvelopeEncryption(EncryptionKeys.of(keys, keysFile));
  }
}
