// Asks for an ID token with the toolkit whose package is named first, for the audience named second.
const [, , toolkit, audience] = process.argv;
const core = await import(toolkit);
const getIDToken = core.getIDToken ?? core.default.getIDToken;
try {
  console.log('token=' + (await getIDToken(audience)));
} catch (error) {
  console.log('error=' + error.message);
}
