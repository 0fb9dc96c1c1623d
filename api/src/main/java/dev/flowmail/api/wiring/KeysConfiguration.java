package dev.flowmail.api.wiring;

import dev.flowmail.activities.attachments.AttachmentStore;
import dev.flowmail.activities.links.FreshCodes;
import dev.flowmail.activities.links.LinkCodes;
import dev.flowmail.activities.links.PageCodes;
import dev.flowmail.activities.links.PageStamps;
import dev.flowmail.activities.receipts.Receipts;
import dev.flowmail.api.codec.PayloadJson;
import dev.flowmail.api.config.AttachmentStores;
import dev.flowmail.api.config.DataDirectory;
import dev.flowmail.api.config.KeyRings;
import dev.flowmail.api.settings.DerivedSettings;
import dev.flowmail.api.settings.FlowmailProperties;
import io.temporal.common.converter.DataConverter;
import java.io.IOException;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The data directory, and what its keys or those of the settings are for. */
@Configuration(proxyBeanMethods = false)
class KeysConfiguration {

    @Bean
    DataDirectory dataDirectory(FlowmailProperties settings) {
        return DataDirectory.open(settings.dataDirectory());
    }

    @Bean
    KeyRings keyRings(
            FlowmailProperties settings,
            DataDirectory directory,
            @Value("${" + DerivedSettings.EMBEDDED + "}") boolean embedded) {
        return KeyRings.open(settings.keys(), directory, embedded);
    }

    @Bean
    DataConverter mainDataConverter(KeyRings keys) {
        return PayloadJson.encrypted(keys.payloads());
    }

    @Bean
    LinkCodes linkCodes(KeyRings keys) {
        return new LinkCodes(keys.links());
    }

    @Bean
    PageCodes pageCodes(KeyRings keys) {
        return new PageCodes(keys.links());
    }

    @Bean
    FreshCodes freshCodes(KeyRings keys) {
        return new FreshCodes(keys.links());
    }

    @Bean
    PageStamps pageStamps(KeyRings keys) {
        return new PageStamps(keys.links());
    }

    @Bean
    Receipts receipts(KeyRings keys, FlowmailProperties settings) {
        return new Receipts(keys.receipts(), settings.publicUrl());
    }

    @Bean
    AttachmentStore attachmentStore(FlowmailProperties settings, DataDirectory directory, KeyRings keys)
            throws IOException {
        return AttachmentStores.open(settings.attachments(), directory.path(), keys.payloads());
    }
}
