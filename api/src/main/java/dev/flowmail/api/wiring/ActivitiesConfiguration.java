package dev.flowmail.api.wiring;

import dev.flowmail.activities.attachments.AttachmentStore;
import dev.flowmail.activities.attachments.Buckets;
import dev.flowmail.activities.attachments.Downloads;
import dev.flowmail.activities.attachments.FetchActivities;
import dev.flowmail.activities.attachments.Fetching;
import dev.flowmail.activities.callback.HttpCallbackActivities;
import dev.flowmail.activities.callback.Tellings;
import dev.flowmail.activities.links.FreshCodes;
import dev.flowmail.activities.links.LinkCodes;
import dev.flowmail.activities.links.MailedCodes;
import dev.flowmail.activities.links.PageCodes;
import dev.flowmail.activities.network.FlowHosts;
import dev.flowmail.activities.network.GuardedHttp;
import dev.flowmail.activities.network.NetworkGuard;
import dev.flowmail.activities.oauth2.AccessTokens;
import dev.flowmail.activities.smtp.SmtpMailActivities;
import dev.flowmail.api.config.OperatorsMail;
import dev.flowmail.api.settings.FlowmailProperties;
import dev.flowmail.templates.Brand;
import dev.flowmail.templates.CodeMails;
import dev.flowmail.templates.DecisionMails;
import java.security.NoSuchAlgorithmException;
import javax.net.ssl.SSLContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What touches the outside: mail servers, Flow, files that lie elsewhere. */
@Configuration(proxyBeanMethods = false)
class ActivitiesConfiguration {

    @Bean
    NetworkGuard networkGuard(FlowmailProperties settings) {
        return settings.network().guard();
    }

    @Bean
    GuardedHttp guardedHttp(NetworkGuard guard, FlowmailProperties settings) throws NoSuchAlgorithmException {
        return new GuardedHttp(
                guard, SSLContext.getDefault(), settings.network().proxy());
    }

    @Bean
    AccessTokens accessTokens(GuardedHttp http) {
        return new AccessTokens(http);
    }

    @Bean
    Buckets buckets(NetworkGuard guard, FlowmailProperties settings) {
        return new Buckets(guard, settings.network().proxy());
    }

    @Bean
    SmtpMailActivities mailActivities(
            FlowmailProperties settings,
            NetworkGuard guard,
            AccessTokens tokens,
            GuardedHttp http,
            Buckets buckets,
            AttachmentStore store,
            LinkCodes codes,
            PageCodes pageCodes,
            FreshCodes freshCodes,
            Brand brand,
            OperatorsMail operators)
            throws NoSuchAlgorithmException {
        return new SmtpMailActivities(
                guard,
                tokens,
                store,
                new Downloads(http),
                buckets,
                new MailedCodes(codes, pageCodes, freshCodes),
                new DecisionMails(brand)::render,
                new CodeMails(brand)::render,
                settings.publicUrl(),
                SSLContext.getDefault(),
                settings.smtp().limits(),
                operators.server());
    }

    @Bean
    Tellings tellings() {
        return new Tellings();
    }

    @Bean
    FlowHosts flowHosts(FlowmailProperties settings) {
        return settings.flow().allowed();
    }

    @Bean
    HttpCallbackActivities callbackActivities(FlowHosts hosts, GuardedHttp http, Tellings tellings) {
        return new HttpCallbackActivities(http, hosts, tellings);
    }

    @Bean
    FetchActivities fetchActivities(GuardedHttp http, Buckets buckets, AttachmentStore store) {
        return new FetchActivities(store, new Fetching(store, new Downloads(http), buckets));
    }
}
