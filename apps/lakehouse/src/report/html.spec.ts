import fc from 'fast-check';
import { html, scriptJson, trusted } from './html.js';

describe('markup', () => {
  it('escapes every text, also in attributes and lists', () => {
    const hostile = `<script>alert("1")</script>' onload='x`;
    const { markup } = html`<p title="${hostile}">${[hostile, html`<b>${1}</b>`]}${null}</p>`;
    expect(markup).not.toContain('<script>');
    expect(markup).toContain('<b>1</b>');
    expect(markup.match(/"/g)).toHaveLength(2);
  });

  it('keeps what is trusted', () => {
    expect(html`${trusted('<i>')}`.markup).toBe('<i>');
  });

  it('escapes any text so that nothing of it can become markup', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(html`${text}`.markup).not.toMatch(/[<>"']/);
      }),
    );
  });

  it('writes JSON that reads back as it was and cannot end its script element', () => {
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('</script>', '<!--', ']]>', '\u2028'));
    fc.assert(
      fc.property(fc.dictionary(text, text), (value) => {
        const { markup } = scriptJson(value);
        expect(markup).not.toMatch(/[<>\u2028\u2029]/);
        expect(JSON.parse(markup)).toEqual({ ...value });
      }),
    );
  });
});
