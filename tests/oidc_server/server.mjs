// A real OpenID provider on loopback. Whoever comes is at once the person that the test said it was (POST /_test/person).
import { createServer } from 'node:http';
import Provider from 'oidc-provider';

const [, , port, client, secret, back] = process.argv;
let person = {};
let refuse = false;

const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [{
    client_id: client, client_secret: secret, redirect_uris: [back],
    post_logout_redirect_uris: [back.replace('/aanmelden/terug', '/aanmelden?reden=afgemeld')],
  }],
  pkce: { required: () => true },
  scopes: ['openid', 'email', 'profile', 'groups'],
  claims: { openid: ['sub', 'acr', 'amr'], email: ['email', 'email_verified'], profile: ['name'], groups: ['groups'] },
  acrValues: ['urn:two', 'urn:one'],
  conformIdTokenClaims: false,
  features: { devInteractions: { enabled: false }, rpInitiatedLogout: { enabled: true } },
  interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
  ttl: { AuthorizationCode: () => person.code_seconds ?? 60, AccessToken: 300, IdToken: 300, Interaction: 300, Session: 300, Grant: 300 },
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ ...person, sub: id }) }),
  async loadExistingGrant(ctx) {
    const grant = new ctx.oidc.provider.Grant({ clientId: client, accountId: ctx.oidc.session.accountId });
    grant.addOIDCScope('openid email profile groups');
    await grant.save();
    return grant;
  },
});

const answer = provider.callback();
createServer(async (request, response) => {
  if (request.url.startsWith('/_test/person')) {
    let text = '';
    for await (const part of request) text += part;
    ({ refuse = false, ...person } = JSON.parse(text));
    response.writeHead(204).end();
  } else if (request.url.startsWith('/interaction/')) {
    const login = { accountId: person.sub, acr: person.acr, amr: person.amr, remember: false };
    const result = refuse ? { error: 'access_denied', error_description: 'no' } : { login };
    await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
  } else {
    answer(request, response);
  }
}).listen(Number(port), '127.0.0.1', () => console.log('ready'));
